import ArgumentParser
import CodeBoxConfiguration
import CodeBoxCore
import CodeBoxSandbox
import CodeBoxSupervisor

/// `codebox warden`, started by the supervisor. Synchronous: the warden must be single-threaded.
struct WardenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "warden", abstract: "Makes sandboxes for a server.", shouldDisplay: false)

    @Option(help: "Path of the unix socket to listen on.") var socket: String?
    @Option(help: "Descriptor of a connected socket to the only client.") var socketFd: CInt?
    @Option(help: "Descriptor whose closing means: destroy everything and exit.")
    var lifelineFd: CInt?
    @Flag(help: "That descriptor is a socket, to send signs of life on.") var beats = false
    @Option(help: "Folder of <digest>/rootfs.") var images: String
    @Option(name: .customLong("init"), help: "Path of codebox-init.") var initPath: String
    @Option(help: "The only user whose connections are taken.") var allowedUid: UInt32?
    @Option(
        name: .customLong("ceiling"),
        help: ArgumentHelp("The most of a limit that a sandbox gets.", valueName: "limit=value"))
    var ceilings: [String] = []
    @Option(help: "Most memory of all sandboxes together, bytes.") var memoryBytes: Int?
    @Option(help: "Most processes of all sandboxes together.") var processes: Int?

    func validate() throws {
        guard (socket == nil) != (socketFd == nil) else {
            throw ValidationError("give --socket or --socket-fd")
        }
    }

    func run() throws {
        var ceiling: [LimitArgument] = []
        for text in ceilings { ceiling.append(try LimitArgument(text)) }
        let bounds = WardenBounds(
            ceiling: LimitArgument.request(ceiling).applied(to: .standardCeiling),
            memoryBytes: memoryBytes, processes: processes)
        WardenMain.run(
            WardenOptions(
                socketPath: socket, socketFD: socketFd, lifelineFD: lifelineFd, beats: beats,
                imagesDirectory: images, initPath: initPath, allowedUID: allowedUid,
                bounds: bounds))
    }
}
