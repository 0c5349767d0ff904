/// How bytes stand in JSON, in requests and answers alike.
enum ContentEncoding: String, CaseIterable {
    case utf8 = "utf-8"
    case base64
}
