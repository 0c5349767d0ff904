import CodeBoxCore
import Foundation

/// Checks that an image holds what its manifest names: the command's program, the targets of the
/// links, and every locale, path, time zone and terminal of the environment.
///
/// Programs do not report most of these faults. A C library without the locale of `LANG` behaves as
/// in `C`, and one without the zone of `TZ` as in UTC; only some programs stop, such as Python at
/// `locale.setlocale`.
package struct ManifestCheck: Sendable {
    private let manifest: RuntimeManifest
    private let rootfs: String

    package init(_ manifest: RuntimeManifest, rootfs: String) {
        self.manifest = manifest
        self.rootfs = rootfs
    }

    private var tree: ImageTree { ImageTree(root: rootfs) }

    /// What the image lacks, a sentence each; empty if it lacks nothing.
    package func faults() -> [String] {
        var faults = commandFaults() + linkFaults()
        for (name, value) in manifest.environment.sorted(by: { $0.key < $1.key }) {
            if let fault = fault(of: name, value) { faults.append("\(name)=\(value): \(fault)") }
        }
        return faults
    }

    // MARK: Command and links

    private func commandFaults() -> [String] {
        guard let program = manifest.command.first else { return [] }
        var faults: [String] = []
        if !tree.isProgram(program) {
            faults.append("command: the image has no program \(program)")
        }
        for path in manifest.command.dropFirst() where path.hasPrefix("/") && isMissing(path) {
            faults.append("command: the image has no \(path)")
        }
        return faults
    }

    private func linkFaults() -> [String] {
        manifest.image.links.sorted { $0.key < $1.key }.compactMap { path, target in
            let folder = path.split(separator: "/").dropLast().joined(separator: "/")
            let end = target.hasPrefix("/") ? target : "/\(folder)/\(target)"
            guard isMissing(end) else { return nil }
            return "image.links: \(path) leads to \(target), which is missing"
        }
    }

    // MARK: Environment

    private func fault(of name: String, _ value: String) -> String? {
        switch name {
        case "LANG": localeFault(value)
        case _ where name.hasPrefix("LC_"): localeFault(value)
        case "TZ": zoneFault(value)
        case "TERM": terminalFault(value)
        default: pathFault(value)
        }
    }

    private func localeFault(_ value: String) -> String? {
        let locale = LocaleName(text: value)
        guard !locale.isBuiltIn else { return nil }
        if value.hasPrefix("/") { return pathFault(value) }
        let folder = manifest.environment["LOCPATH"] ?? "/usr/lib/locale"
        for name in locale.folders
        where tree.exists("\(folder)/\(name)/LC_CTYPE") || isArchived(name, in: folder) {
            return nil
        }
        let remedy =
            value.hasPrefix("C.")
            ? "add the package libc-bin"
            : "add the packages libc-bin and locales, and run localedef in image.prepare"
        return "the image has no such locale; \(remedy)"
    }

    /// Whether `locale-archive`, the file that localedef writes, holds a locale. Its table of names
    /// has a NUL after each.
    private func isArchived(_ name: String, in folder: String) -> Bool {
        guard let place = tree.place(of: folder + "/locale-archive"),
            let content = FileManager.default.contents(atPath: place)
        else { return false }
        return content.range(of: Data([0] + Array(name.utf8) + [0])) != nil
    }

    private func zoneFault(_ value: String) -> String? {
        guard let file = TimeZoneName(text: value).file else { return nil }
        if file.hasPrefix("/") { return pathFault(file) }
        let folder = manifest.environment["TZDIR"] ?? "/usr/share/zoneinfo"
        return isMissing("\(folder)/\(file)")
            ? "the image has no such time zone; add the package tzdata" : nil
    }

    private func terminalFault(_ value: String) -> String? {
        guard let first = value.first else { return nil }
        return ["/etc", "/lib", "/usr/lib", "/usr/share"]
            .allSatisfy { isMissing("\($0)/terminfo/\(first)/\(value)") }
            ? "the image has no description of this terminal; add the package ncurses-base" : nil
    }

    /// Checks a path, or several with colons between. `//` begins no path: it is part of a URL.
    private func pathFault(_ value: String) -> String? {
        let missing = value.split(separator: ":").map(String.init).filter {
            $0.hasPrefix("/") && !$0.hasPrefix("//") && isMissing($0)
        }
        return missing.isEmpty ? nil : "the image has no \(missing.joined(separator: " and no "))"
    }

    /// A path below a mount point is never missing: the sandbox or the job makes it.
    private func isMissing(_ path: String) -> Bool {
        let isMounted = ImageLayout.mountPoints.contains { (path + "/").hasPrefix("/\($0)/") }
        return !isMounted && !tree.exists(path)
    }
}
