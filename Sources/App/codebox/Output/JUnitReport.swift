/// Results of tests in the XML form of JUnit, which build servers read: a `testsuite` for each
/// runtime, a `testcase` for each test, times in seconds.
///
/// The form has no standard of its own; this is the part that Jenkins, GitLab and Ant's schema have
/// in common.
package struct JUnitReport {
    private let rows: [RuntimeTestRow]

    package init(_ rows: [RuntimeTestRow]) {
        self.rows = rows
    }

    package var text: String {
        var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"]
        lines.append("<testsuites name=\"codebox runtime test\"\(Self.counts(rows))>")
        var rest = rows[...]
        while let runtime = rest.first?.runtime {
            let suite = Array(rest.prefix { $0.runtime == runtime })
            rest = rest.dropFirst(suite.count)
            lines.append("  <testsuite name=\"\(Self.escaped(runtime))\"\(Self.counts(suite))>")
            lines += suite.flatMap(Self.testcase)
            lines.append("  </testsuite>")
        }
        lines.append("</testsuites>")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func counts(_ rows: [RuntimeTestRow]) -> String {
        let errors = rows.count { $0.isError }
        let failures = rows.count { !$0.passed } - errors
        let time = seconds(rows.reduce(0) { $0 + ($1.runUs ?? 0) })
        return " tests=\"\(rows.count)\" failures=\"\(failures)\" errors=\"\(errors)\""
            + " time=\"\(time)\""
    }

    private static func testcase(_ row: RuntimeTestRow) -> [String] {
        let opening =
            "    <testcase classname=\"\(escaped(row.runtime))\" name=\"\(escaped(row.test))\""
            + " time=\"\(seconds(row.runUs ?? 0))\""
        guard let first = row.differences.first else { return [opening + "/>"] }
        let tag = row.isError ? "error" : "failure"
        return [
            opening + ">",
            "      <\(tag) message=\"\(escaped(first))\">"
                + escaped(row.differences.joined(separator: "\n")) + "</\(tag)>",
            "    </testcase>",
        ]
    }

    /// Microseconds as seconds with six digits, without a locale's comma.
    private static func seconds(_ microseconds: Int) -> String {
        let fraction = String(microseconds % 1_000_000)
        let zeros = String(repeating: "0", count: 6 - fraction.utf8.count)
        return "\(microseconds / 1_000_000).\(zeros)\(fraction)"
    }

    /// Text for an attribute or an element. XML 1.0 has no form at all for most control
    /// characters, so U+FFFD stands for them.
    package static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            // In an attribute, a parser would turn these into spaces.
            case "\t", "\n", "\r": result += "&#\(scalar.value);"
            case "\u{20}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
                result.unicodeScalars.append(scalar)
            default: result += "\u{FFFD}"
            }
        }
        return result
    }
}
