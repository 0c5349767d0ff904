import GRDB

/// The tables, as migrations. A released migration is never edited; a change is a new migration.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1-jobs") { db in try db.execute(sql: jobs) }
        return migrator
    }

    /// `job` holds the fields that change while a job lives, in small rows, because SQLite rewrites
    /// a row as a whole. What the client sent (`job_program`) and the result (`job_result`) have
    /// their own tables and are written once. Triggers keep `job_count`: every insert needs the
    /// number of queued jobs, and counting rows takes longer the more there are.
    private static let jobs = """
        CREATE TABLE job (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT, -- order of insertion
            id TEXT NOT NULL UNIQUE,                    -- UUIDv7
            state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'finished')),
            runtime TEXT NOT NULL,                      -- as the job has it
            runtime_name TEXT NOT NULL,                 -- without version
            attempt INTEGER NOT NULL,
            at_most_once INTEGER NOT NULL,
            cancel_requested INTEGER NOT NULL,
            created_at INTEGER NOT NULL,                -- instants: microseconds since 1970, UTC
            started_at INTEGER,
            finished_at INTEGER,
            worker TEXT,                                -- set while running
            lease_until INTEGER
        ) STRICT;
        CREATE INDEX job_queued ON job (sequence) WHERE state = 'queued';
        CREATE INDEX job_running ON job (lease_until) WHERE state = 'running';
        CREATE INDEX job_finished ON job (finished_at) WHERE state = 'finished';
        CREATE INDEX job_state ON job (state, id);
        CREATE INDEX job_runtime ON job (runtime_name, id);

        CREATE TABLE job_program (
            sequence INTEGER PRIMARY KEY REFERENCES job ON DELETE CASCADE,
            spec TEXT NOT NULL,                         -- JSON, see ProgramRecord
            content BLOB NOT NULL                       -- source, stdin and files, end to end
        ) STRICT;

        CREATE TABLE job_result (
            sequence INTEGER PRIMARY KEY REFERENCES job ON DELETE CASCADE,
            result TEXT NOT NULL,                       -- JSON, see ResultRecord
            stdout BLOB NOT NULL,
            stderr BLOB NOT NULL
        ) STRICT;

        CREATE TABLE job_label (
            name TEXT NOT NULL,
            value TEXT NOT NULL,
            id TEXT NOT NULL,                           -- the job's, so that pages follow its order
            sequence INTEGER NOT NULL REFERENCES job ON DELETE CASCADE,
            PRIMARY KEY (name, value, id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX job_label_of_job ON job_label (sequence);

        CREATE TABLE job_count (
            state TEXT PRIMARY KEY NOT NULL,
            jobs INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        INSERT INTO job_count VALUES ('queued', 0), ('running', 0), ('finished', 0);
        CREATE TRIGGER job_inserted AFTER INSERT ON job BEGIN
            UPDATE job_count SET jobs = jobs + 1 WHERE state = NEW.state;
        END;
        CREATE TRIGGER job_moved AFTER UPDATE OF state ON job WHEN OLD.state <> NEW.state BEGIN
            UPDATE job_count SET jobs = jobs - 1 WHERE state = OLD.state;
            UPDATE job_count SET jobs = jobs + 1 WHERE state = NEW.state;
        END;
        CREATE TRIGGER job_deleted AFTER DELETE ON job BEGIN
            UPDATE job_count SET jobs = jobs - 1 WHERE state = OLD.state;
        END;
        """
}
