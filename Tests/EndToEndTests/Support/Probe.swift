import Testing

/// Runs Python code that inspects the sandbox from inside and prints one JSON value.
///
/// The source finds `os`, `sys`, `json`, `ctypes`, `errno`, `libc` and two helpers: `attempt(f)`,
/// which is `None` or the name of the error that `f` raised, and `call(name, *arguments)`, which
/// is `None` or the name of the error that the C function set.
func probe(_ source: String, _ change: (inout JobBody) -> Void = { _ in }) async throws -> JSONValue
{
    let prelude = """
        import ctypes, errno, json, os, sys
        libc = ctypes.CDLL(None, use_errno=True)
        libc.syscall.restype = ctypes.c_long
        def errname(number): return errno.errorcode.get(number, str(number))
        def attempt(f):
            try: f()
            except OSError as e: return errname(e.errno)
            except Exception as e: return type(e).__name__
        def call(function, *arguments):
            ctypes.set_errno(0)
            if getattr(libc, function)(*arguments) == -1: return errname(ctypes.get_errno())

        """
    let job = try await run(JobBody(.python, prelude + source).with(change))
    #expect(job.exitCode == 0, "\(job.outcome ?? "") \(job.stderr.text) \(job.error ?? "")")
    return try JSONValue(parsing: job.stdout.bytes)
}
