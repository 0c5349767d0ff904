import CodeBoxHTTP
import CodeBoxJSON
import HTTPTypes

/// How long a client wants to wait for a job.
enum Waiting {
    /// Returns the seconds of `Prefer: wait=N` (RFC 7240), at most `maximum`; nil without one.
    ///
    /// The RFC has a server ignore preferences that it doesn't understand or can't honor, rather
    /// than refuse them. `Preference-Applied` tells the client which time it got.
    static func preferred(_ headers: HTTPFields, maximum: Double) -> Int? {
        for value in headers[values: .prefer] {
            for preference in value.split(separator: ",") {
                let token = preference.prefix { $0 != ";" }
                let pair = token.split(separator: "=", maxSplits: 1).map { $0.trimmingSpaces() }
                guard pair.count == 2, pair[0].lowercased() == "wait" else { continue }
                let digits = pair[1].trimmingQuotes()
                guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
                    return nil
                }
                return min(Int(digits) ?? .max, Int(maximum))
            }
        }
        return nil
    }

    /// Returns the seconds of `?wait=N`, with or without decimals.
    static func queried(_ text: String, maximum: Double) throws(Problem) -> Double {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }),
            let seconds = Double(text)
        else {
            throw Problem([FieldFault(field: "?wait", message: "must be a number of seconds")])
        }
        guard seconds <= maximum else {
            var problem = Problem(
                .limitOutOfRange, "?wait is above the maximum of \(maximum) seconds", field: "?wait"
            )
            problem.allowed = 0...maximum
            throw problem
        }
        return seconds
    }
}

extension Substring {
    fileprivate func trimmingSpaces() -> Substring {
        var trimmed = drop { $0 == " " || $0 == "\t" }
        while let last = trimmed.last, last == " " || last == "\t" { trimmed.removeLast() }
        return trimmed
    }

    fileprivate func trimmingQuotes() -> Substring {
        hasPrefix("\"") && hasSuffix("\"") && count >= 2 ? dropFirst().dropLast() : self
    }
}
