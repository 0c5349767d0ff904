package import CodeBoxCore
import CodeBoxSystem
import Glibc

/// The running binary and the files beside it.
package enum Executable {
    /// Absolute path of this binary.
    package static func path() throws(CodeBoxError) -> String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        guard count > 0 else {
            throw CodeBoxError.system(
                .internalError, "can't read /proc/self/exe; is /proc mounted?")
        }
        return String(decoding: buffer[..<count], as: UTF8.self)
    }

    /// Path of the program of PID 1, which is beside this binary.
    package static func initPath() throws(CodeBoxError) -> String {
        try folder() + "/codebox-init"
    }

    /// The program of the one privileged process, installed beside this binary.
    package static func wardenPath() throws(CodeBoxError) -> String {
        try folder() + "/codebox-warden"
    }

    package static func folder() throws(CodeBoxError) -> String {
        let path = try path()
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }
}
