import CWire
import Glibc

/// Plays a server that was taken over: an ordinary user with a way to the warden.
///
///     played-server UID GID SOCKET DATA-DIRECTORY DIGEST python|node SEED [SCENE]
///
/// Prints a line for each scene; exits with 1 if anything was gained.
@main
enum Main {
    static func main() {
        let words = CommandLine.arguments
        guard words.count >= 8, let uid = uid_t(words[1]), let gid = gid_t(words[2]),
            let image = digestBytes(words[5]), let seed = UInt64(words[7])
        else {
            print("usage: played-server UID GID SOCKET DATA-DIRECTORY DIGEST KIND SEED [SCENE]")
            exit(64)
        }
        signal(SIGPIPE, SIG_IGN)
        if let fault = Identity.become(uid: uid, gid: gid) {
            print("can't become the service user: \(fault)")
            exit(70)
        }
        let kind = words[6] == "node" ? CB_ZYGOTE_NODE : CB_ZYGOTE_PYTHON
        let play = Play(
            socketPath: words[3], dataDirectory: words[4], image: image, kind: kind.rawValue,
            seed: seed)
        var gains = 0
        for scene in Play.scenes where words.count < 9 || words[8] == scene.name {
            let gain = scene.act(play)
            print("\(scene.name): \(gain.map { "GAINED: \($0)" } ?? "nothing gained")")
            fflush(nil)
            if gain != nil { gains += 1 }
        }
        exit(gains == 0 ? 0 : 1)
    }
}
