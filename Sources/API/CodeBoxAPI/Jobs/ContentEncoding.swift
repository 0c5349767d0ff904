/// How JSON represents bytes, in requests and responses.
enum ContentEncoding: String, CaseIterable {
    case utf8 = "utf-8"
    case base64
}
