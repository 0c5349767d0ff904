package import CodeBoxCore

/// The admission of a server without projects: every job is admitted under the server's own limits,
/// and the API key's options apply.
package struct OpenAdmission: Admission {
    package init() {}

    package func admit(_ principal: Principal, _ source: JobSource) throws(CodeBoxError) -> Permit {
        Permit(mayFork: principal.options.mayFork)
    }
}
