/// News of a build, for whoever waits for it.
package enum BuildProgress: Hashable, Sendable {
    /// A step begins; a few words.
    case step(String)
    /// One line of what a tool that the step runs has to say.
    case detail(String)
}
