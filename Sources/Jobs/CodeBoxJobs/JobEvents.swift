/// Carries ``JobEvent``s between all parts of CodeBox that share a job store, in this process and,
/// where the store is shared by several, in the others. The conformance suite
/// (`Tests/StoreConformance`) checks every sentence here on every implementation.
///
/// Whoever changes the store publishes the event once the change is committed. An event is a hint
/// to look at the store. An implementation that loses its connection may lose events, so listeners
/// must also look at the store from time to time.
package protocol JobEvents: Sendable {
    /// Tells every subscriber, here and elsewhere, of an event. Returns without waiting for
    /// subscribers elsewhere. Subscribers hear the events of one publisher in the order in which it
    /// published them.
    func publish(_ event: JobEvent)

    /// Calls `handler` once for each event that is published from now on, until the subscription is
    /// canceled or released. The handler may be called on any thread, and from several at a time.
    /// It must not block; it may publish, subscribe and cancel.
    func subscribe(_ handler: @escaping @Sendable (JobEvent) -> Void) -> JobEventSubscription
}
