import CLinux

/// A pipe whose ends are close-on-exec.
package struct Pipe: ~Copyable {
    package let reading: Descriptor
    package let writing: Descriptor

    package init() throws(SystemError) {
        var ends: [CInt] = [-1, -1]
        let result = cb_pipe(&ends)
        guard result == 0 else { throw SystemError("pipe2", code: -result) }
        reading = Descriptor(ends[0])
        writing = Descriptor(ends[1])
    }

    package consuming func readingEnd() -> Descriptor { reading }

    package consuming func writingEnd() -> Descriptor { writing }

    /// Gives both ends away: the caller closes them.
    package consuming func release() -> (reading: CInt, writing: CInt) {
        (reading.release(), writing.release())
    }
}
