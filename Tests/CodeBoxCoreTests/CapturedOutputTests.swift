import CodeBoxCore
import Testing

@Suite("CapturedOutput")
struct CapturedOutputTests {
    @Test("output is truncated exactly when more was written than kept")
    func truncation() {
        #expect(!CapturedOutput(bytes: [1, 2]).isTruncated)
        #expect(CapturedOutput(bytes: [1, 2]).totalBytes == 2)
        #expect(CapturedOutput(bytes: [1, 2], totalBytes: 3).isTruncated)
        #expect(CapturedOutput(bytes: [], totalBytes: 1).isTruncated)
        #expect(!CapturedOutput().isTruncated)
    }
}
