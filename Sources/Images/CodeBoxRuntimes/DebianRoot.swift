import CodeBoxCore
import Foundation

/// Unpacks Debian packages and their dependencies into a root.
///
/// Their install scripts do not run: no code of an image runs with this process's rights, and the
/// caches, logs and random ids that such scripts write differ from build to build.
struct DebianRoot {
    let recipe: ImageRecipe
    let cache: String
    let scratch: String
    let cancellation: BuildCancellation

    /// - Returns: "name version" of each package, sorted.
    func unpack(
        into root: String, progress: (BuildProgress) -> Void
    ) throws(CodeBoxError) -> [String] {
        let archives = cache + "/debian-" + recipe.suite
        try File.createDirectory(archives)
        let sources = try DebianSources(suite: recipe.suite, cancellation: cancellation)
        let tar = scratch + "/debian.tar"
        let lists = scratch + "/lists"
        try File.createDirectory(lists)
        try HostTool(
            command: arguments(archives: archives, lists: lists, sources: sources),
            // As root, all files of mmdebstrap are in the build's scratch directory. An ordinary
            // user's mmdebstrap runs with a second user id that can't enter it.
            environment: getuid() == 0
                ? ["TMPDIR": scratch, "SOURCE_DATE_EPOCH": ImageLayout.epochText]
                : ["SOURCE_DATE_EPOCH": ImageLayout.epochText],
            package: "mmdebstrap uidmap"
        ).run(output: tar, cancellation: cancellation) { line in
            // Its warnings concern devices and mounts, of which this kind of root has none.
            if line.hasPrefix("I: ") { progress(.detail(String(line.dropFirst(3)))) }
        }
        try HostTool(
            command: [
                "tar", "--extract", "--file", tar, "--directory", root, "--no-same-owner",
                "--no-same-permissions", "--keep-directory-symlink", "--exclude", "./dev/*",
            ], package: "tar"
        ).run(cancellation: cancellation)
        let list = root + "/" + Self.listName
        let names = try RuntimeFolder.read(list)
        let packages = try Self.lock(names)
        let verified = try DebianVerification(
            lists: lists, archives: archives, scratch: scratch, cancellation: cancellation
        ).run(names.split(separator: "\n").map(String.init))
        for sentence in verified { progress(.verified(sentence)) }
        try File.remove(list)
        try File.removeTree(tar)
        return packages
    }

    /// Written by apt inside the new root while mmdebstrap works on it.
    private static let listName = "codebox-packages"

    private func arguments(
        archives: String, lists: String, sources: DebianSources
    ) -> [String] {
        var arguments = [
            "mmdebstrap", "--variant=extract", "--format=tar",
            "--include=" + recipe.packages.joined(separator: ","),
            "--aptopt=APT::Install-Recommends \"false\"",
            // apt passes the chosen archives on standard input, one path in the new root per line;
            // mmdebstrap leaves no other record of them.
            "--aptopt=DPkg::Pre-Install-Pkgs:: \"while read -r deb; do "
                + "echo ${deb##*/} >> ${deb%/var/cache/*}/\(Self.listName); done\"",
            "--setup-hook=mkdir -p \"$1\"/var/cache/apt/archives",
            "--setup-hook=sync-in \(Self.quoted(archives)) /var/cache/apt/archives",
            "--extract-hook=sync-out /var/cache/apt/archives \(Self.quoted(archives))",
            "--extract-hook=sync-out /var/lib/apt/lists \(Self.quoted(lists))",
        ]
        arguments += sources.proxies.map { "--aptopt=\($0)" }
        return arguments + [recipe.suite, "-"] + sources.lines
    }

    private static func quoted(_ path: String) -> String {
        "'" + path.replacingOccurrences(of: "'", with: "'\\''") + "'"
    }

    /// `name_version_architecture.deb`, with an epoch's colon written `%3a`, as "name version".
    static func lock(_ list: String) throws(CodeBoxError) -> [String] {
        var packages: Set<String> = []
        for file in list.split(separator: "\n") {
            let parts = file.split(separator: "_")
            guard parts.count == 3, let version = parts[1].removingPercentEncoding else {
                throw CodeBoxError(.imageFailed, "'\(file)' is not the name of a Debian package")
            }
            packages.insert("\(parts[0]) \(version)")
        }
        return packages.sorted()
    }
}
