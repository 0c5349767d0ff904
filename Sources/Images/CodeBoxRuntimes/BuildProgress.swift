/// A report of a build's progress.
package enum BuildProgress: Hashable, Sendable {
    /// A step has begun; a few words.
    case step(String)
    /// Something that was fetched or made is what it should be; a sentence.
    case verified(String)
    /// A line of output of the step's tool.
    case detail(String)
}
