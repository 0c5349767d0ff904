import CProcess
import CodeBoxCore

/// A pipe whose ends no child inherits unless it is told to.
struct Pipe: ~Copyable {
    let reading: Descriptor
    let writing: Descriptor

    init() throws(CodeBoxError) {
        var ends: [CInt] = [-1, -1]
        let result = cprocess_pipe(&ends)
        guard result == 0 else {
            throw CodeBoxError.system(.internalError, "can't make a pipe", errno: -result)
        }
        reading = Descriptor(ends[0])
        writing = Descriptor(ends[1])
    }

    consuming func readingEnd() -> Descriptor { reading }

    consuming func writingEnd() -> Descriptor { writing }
}
