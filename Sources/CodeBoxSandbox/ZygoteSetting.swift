package import CodeBoxCore

/// What tells one zygote of an image from another. How it is started stands in the image's start
/// record, which the warden reads.
package struct ZygoteSetting: Hashable, Sendable {
    package typealias Kind = ZygoteStart.Kind

    package var kind: Kind
    /// The size of its heap; nil where its command does not name one. A program may continue in a
    /// forked interpreter only if its own memory limit gives the same size.
    package var heapMiB: Int?

    package init(kind: Kind, heapMiB: Int? = nil) {
        self.kind = kind
        self.heapMiB = heapMiB
    }
}
