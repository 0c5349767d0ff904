/// Turns the limits that a job asks for into those that it gets.
package struct LimitsPolicy: Sendable {
    package var ceiling: Limits
    package var floor: Limits

    package init(ceiling: Limits = .standardCeiling, floor: Limits = .floor) {
        self.ceiling = ceiling
        self.floor = floor
    }

    /// Returns the limits of a job.
    ///
    /// The limits that the client names must lie between floor and ceiling. Defaults above the
    /// ceiling are lowered to it silently, because the client did not ask for them. A CPU time that
    /// the client leaves out follows a longer wall time.
    /// - Throws: ``CodeBoxError`` with code `limitOutOfRange` and the field `limits.<name>`.
    package func resolve(request: LimitsRequest, runtimeDefaults: LimitsRequest)
        throws(CodeBoxError) -> Limits
    {
        var limits = runtimeDefaults.applied(to: .standard)
        for field in LimitField.allCases {
            switch field.row.place {
            case .whole(let path, let asked):
                limits[keyPath: path] = try value(
                    request[keyPath: asked], otherwise: limits[keyPath: path], field,
                    floor[keyPath: path], ceiling[keyPath: path])
            case .decimal(let path, let asked):
                limits[keyPath: path] = try value(
                    request[keyPath: asked], otherwise: limits[keyPath: path], field,
                    floor[keyPath: path], ceiling[keyPath: path])
            }
        }
        if request.cpuMs == nil, let wall = request.wallMs, wall > limits.cpuMs {
            limits.cpuMs = min(wall, ceiling.cpuMs)
        }
        return limits
    }

    /// Returns what the client asks for, or else the default, which the ceiling lowers. A ceiling
    /// below the floor leaves no value: the interpreter would hang or die with what is allowed.
    private func value<Value: LimitValue>(
        _ asked: Value?, otherwise standard: Value, _ field: LimitField, _ least: Value,
        _ most: Value
    ) throws(CodeBoxError) -> Value {
        guard least <= most else {
            throw CodeBoxError(
                .limitOutOfRange,
                "limits.\(field.rawValue): the runtime needs at least \(least), and at most \(most) "
                    + "is allowed",
                field: "limits.\(field.rawValue)")
        }
        guard let asked else { return min(standard, most) }
        // NaN equals nothing, not even itself.
        guard asked > most || asked < least || asked != asked else { return asked }
        let bound = asked < least ? "the minimum is \(least)" : "the maximum is \(most)"
        throw CodeBoxError(
            .limitOutOfRange, "limits.\(field.rawValue) is \(asked); \(bound)",
            field: "limits.\(field.rawValue)",
            allowed: least.asDouble...most.asDouble)
    }
}

/// A limit's value; lets one check serve both types.
private protocol LimitValue: Comparable, Sendable {
    var asDouble: Double { get }
}

extension Int: LimitValue {
    fileprivate var asDouble: Double { Double(self) }
}

extension Double: LimitValue {
    fileprivate var asDouble: Double { self }
}
