import Testing

/// Everything that drives the built `codebox`. One suite at a time: they count what is left on the
/// machine and measure time.
@Suite("End to end", .serialized, .timeLimit(.minutes(1)))
enum EndToEnd {}
