import Foundation
import Testing
import codebox

struct JUnitReportTests {
    private let rows = [
        RuntimeTestRow(runtime: "bash", test: "prints", differences: [], runUs: 1_500_042),
        RuntimeTestRow(
            runtime: "bash", test: "says \"no\"", differences: ["exit code is 1, not 0", "<&>"],
            runUs: 900),
        RuntimeTestRow(
            runtime: "node", test: "prints", differences: ["no warden"], isError: true),
    ]

    @Test("each runtime is a suite; a failure is the program's, an error is CodeBox's")
    func form() {
        #expect(
            JUnitReport(rows).text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="codebox runtime test" tests="3" failures="1" errors="1" \
                time="1.500942">
                  <testsuite name="bash" tests="2" failures="1" errors="0" time="1.500942">
                    <testcase classname="bash" name="prints" time="1.500042"/>
                    <testcase classname="bash" name="says &quot;no&quot;" time="0.000900">
                      <failure message="exit code is 1, not 0">exit code is 1, not 0&#10;\
                &lt;&amp;&gt;</failure>
                    </testcase>
                  </testsuite>
                  <testsuite name="node" tests="1" failures="0" errors="1" time="0.000000">
                    <testcase classname="node" name="prints" time="0.000000">
                      <error message="no warden">no warden</error>
                    </testcase>
                  </testsuite>
                </testsuites>

                """)
    }

    @Test("no text can end its element, and what XML has no form for is replaced")
    func escaping() {
        #expect(JUnitReport.escaped("]]><a b='\"&") == "]]&gt;&lt;a b='&quot;&amp;")
        #expect(JUnitReport.escaped("a\tb\r\nc") == "a&#9;b&#13;&#10;c")
        #expect(JUnitReport.escaped("\0\u{1b}\u{7f}\u{fffe}é😀") == "��\u{7f}�é😀")
    }

    @Test("without tests the report is empty, not missing")
    func empty() {
        #expect(JUnitReport([]).text.contains("tests=\"0\" failures=\"0\" errors=\"0\""))
    }
}
