package import CodeBoxCore

/// What tells one zygote of an image from another. The image's start record, which the warden
/// reads, says how the zygote is started.
package struct ZygoteSetting: Hashable, Sendable {
    package typealias Kind = ZygoteStart.Kind

    package var kind: Kind
    /// The size of its heap; nil where its command does not name one. A program may be forked from
    /// the zygote only if the program's memory limit gives the same size.
    package var heapMiB: Int?
    /// The variants of the image's start record whose variables it was started with: bit n stands
    /// for the one of index n (``ZygoteStart/environment(variants:)``).
    package var variants: UInt32

    package init(kind: Kind, heapMiB: Int? = nil, variants: UInt32 = 0) {
        self.kind = kind
        self.heapMiB = heapMiB
        self.variants = variants
    }
}
