import HTTPTypes

/// Headers of every response.
///
/// Responses contain what programs wrote. No browser may take one for a page or a script, and no
/// cache may keep one for somebody else.
enum ResponseSafety {
    static let fields: [HTTPField] = [
        HTTPField(name: .xContentTypeOptions, value: "nosniff"),
        HTTPField(name: .cacheControl, value: "no-store"),
    ]
}
