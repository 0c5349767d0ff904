package import CodeBoxCore
import CLinux
import Glibc

/// Where in the unified hierarchy sandboxes can be made.
///
/// A cgroup with controllers enabled for its children may hold no process itself, except for the
/// root. So a service's cgroup must be emptied first: its processes move into a child beside the
/// sandboxes' folder. That is done only where the cgroup was delegated to CodeBox.
package struct CgroupV2Site: Hashable, Sendable {
    /// This process's own cgroup.
    package var own: String
    /// The top of the mounted part: the root of the hierarchy, or of a container.
    package var top: String

    package init(own: String, top: String) {
        self.own = own
        self.top = top
    }

    /// The child that processes are moved into. With systemd 254 or later, the unit's
    /// `DelegateSubgroup=codebox-service` starts them there.
    package static let serviceName = "codebox-service"

    package struct Choice: Hashable, Sendable {
        /// The directory to make CodeBox's folder in.
        package var base: String
        /// Controllers to be enabled in its `cgroup.subtree_control` first.
        package var toEnable: Set<String>
        /// Whether its own processes may be moved into a child for that.
        package var mayMove: Bool

        package init(base: String, toEnable: Set<String>, mayMove: Bool) {
            self.base = base
            self.toEnable = toEnable
            self.mayMove = mayMove
        }
    }

    /// Reads only.
    /// - Throws: `sandboxFailed` with the remedy.
    package func choose(isRoot: Bool = geteuid() == 0) throws(CodeBoxError) -> Choice {
        var candidates: [Choice] = []
        if own.hasSuffix("/" + Self.serviceName) {
            candidates.append(choice(String(own.dropLast(Self.serviceName.count + 1)), move: false))
        }
        let here = choice(own, move: own == top || !isRoot || isDelegated)
        if here.toEnable.isEmpty || here.mayMove { candidates.append(here) }
        // Root in a login session, say: beside systemd's slices, with nothing moved.
        if isRoot { candidates.append(choice(top, move: false)) }
        for candidate in candidates where isUsable(candidate) { return candidate }
        throw failure(isRoot: isRoot)
    }

    /// The words of a file such as `cgroup.controllers`; none if there is no such file.
    static func words(in path: String) -> Set<String> {
        Set((CgroupFile.text(path) ?? "").split(whereSeparator: \.isWhitespace).map(String.init))
    }

    private func choice(_ base: String, move: Bool) -> Choice {
        let enabled = Self.words(in: base + "/cgroup.subtree_control")
        return Choice(
            base: base, toEnable: CgroupSurvey.v2Controllers.subtracting(enabled), mayMove: move)
    }

    private func isUsable(_ choice: Choice) -> Bool {
        let available = Self.words(in: choice.base + "/cgroup.controllers")
        return choice.toEnable.isSubset(of: available) && access(choice.base, W_OK) == 0
            && access(choice.base + "/cgroup.procs", W_OK) == 0
            && (choice.toEnable.isEmpty
                || access(choice.base + "/cgroup.subtree_control", W_OK) == 0)
    }

    /// systemd marks what it delegated with an extended attribute.
    private var isDelegated: Bool {
        ["trusted.delegate", "user.delegate"].contains { name in
            var value: UInt8 = 0
            return getxattr(own, name, &value, 1) == 1 && value == UInt8(ascii: "1")
        }
    }

    private func failure(isRoot: Bool) -> CodeBoxError {
        let missing = CgroupSurvey.v2Controllers
            .subtracting(Self.words(in: own + "/cgroup.controllers")).sorted()
        let fault =
            missing.isEmpty
            ? "\(own) is not writable" : "\(own) lacks \(missing.joined(separator: ", "))"
        let remedy =
            isRoot
            ? "mount /sys/fs/cgroup writable, or give the service's unit Delegate=memory cpu pids"
            : "start it with `systemd-run --user --scope -p Delegate=yes`, or give the service's "
                + "unit Delegate=memory cpu pids; where cpu is missing, add Delegate=memory cpu "
                + "pids to a drop-in of user@.service"
        return CodeBoxError(.sandboxFailed, "cgroup v2: \(fault); \(remedy)")
    }
}
