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
    /// Further ones of these variants, which make some programs quicker and change nothing else.
    package var warmUps: UInt32

    package init(
        kind: Kind, heapMiB: Int? = nil, variants: UInt32 = 0, warmUps: UInt32 = 0
    ) {
        self.kind = kind
        self.heapMiB = heapMiB
        self.variants = variants
        self.warmUps = warmUps
    }

    /// Whether a program for which `best` is the right zygote may be forked from this one.
    package func serves(_ best: ZygoteSetting) -> Bool {
        kind == best.kind && heapMiB == best.heapMiB && variants == best.variants
    }
}
