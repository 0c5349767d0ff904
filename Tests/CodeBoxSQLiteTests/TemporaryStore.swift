import CodeBoxSQLite
import Foundation

/// A folder of its own for a store's files, gone at the end.
struct TemporaryStore: ~Copyable {
    let folder: String
    var path: String { folder + "/jobs.sqlite" }

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/codebox-store-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
    }

    func open() throws -> SQLiteJobStore { try SQLiteJobStore(path: path) }

    deinit { try? FileManager.default.removeItem(atPath: folder) }
}
