import CodeBoxCore
import CodeBoxJobs

/// Every promise that ``JobEvents`` makes. Each implementation's tests run all of them.
package enum JobEventsConformance {
    package static let checks: [JobEventsCheck] = delivery + subscription

    private static let delivery = [
        JobEventsCheck("every subscriber, near and far, hears an event once") { ends in
            let (one, other, far) = (Heard(), Heard(), Heard())
            let subscriptions = [
                ends.near.listen(one), ends.near.listen(other), ends.far.listen(far),
            ]
            defer { withExtendedLifetime(subscriptions) {} }
            ends.near.publish(.available)
            for heard in [one, other, far] {
                try requireEqual(try await heard.events(1), [.available], "one event is heard once")
            }
            ends.far.publish(.available)
            for heard in [one, other, far] {
                try requireEqual(try await heard.events(2).count, 2, "so is one from the far end")
            }
        },
        JobEventsCheck("an event keeps its kind and its job's id") { ends in
            let heard = Heard()
            let subscription = ends.far.listen(heard)
            defer { withExtendedLifetime(subscription) {} }
            let (ended, canceled) = (SampleJobs.fullJob(), JobID())
            ends.near.publish(.finished(ended.id, job: ended))
            ends.near.publish(.canceled(canceled))
            let events = try await heard.events(2)
            try requireEqual(events.count, 2, "both are heard")
            guard case .finished(let id, let job) = events[0] else {
                throw BrokenPromise(description: "a finished job is told as \(events[0])")
            }
            try requireEqual(id, ended.id, "the id is that of the job")
            try require(job == nil || job == ended, "the job, if it comes along, is the very one")
            try requireEqual(events[1], .canceled(canceled), "a cancellation names its job")
        },
        JobEventsCheck("the events of one publisher are heard in their order") { ends in
            let heard = Heard()
            let subscription = ends.far.listen(heard)
            defer { withExtendedLifetime(subscription) {} }
            let sent = (0..<500).map { _ in JobEvent.canceled(JobID()) }
            for event in sent { ends.near.publish(event) }
            try requireEqual(try await heard.events(sent.count), sent, "in their order")
        },
        JobEventsCheck("of many that publish at one time none is lost") { ends in
            let heard = Heard()
            let subscription = ends.far.listen(heard)
            defer { withExtendedLifetime(subscription) {} }
            let sent = Set((0..<400).map { _ in JobEvent.canceled(JobID()) })
            await withTaskGroup(of: Void.self) { group in
                for (index, event) in sent.enumerated() {
                    group.addTask { (index % 2 == 0 ? ends.near : ends.far).publish(event) }
                }
            }
            let events = try await heard.events(sent.count)
            try requireEqual(Set(events), sent, "all are heard")
            try requireEqual(events.count, sent.count, "each once")
        },
    ]

    private static let subscription = [
        JobEventsCheck("a subscriber hears what is published after it subscribed, and no more") {
            ends in
            let (early, late) = (Heard(), Heard())
            let first = ends.near.listen(early)
            defer { withExtendedLifetime(first) {} }
            let (before, after) = (JobID(), JobID())
            ends.near.publish(.canceled(before))
            _ = try await early.events(1)
            let second = ends.near.listen(late)
            defer { withExtendedLifetime(second) {} }
            ends.near.publish(.canceled(after))
            try requireEqual(try await late.events(1), [.canceled(after)], "only the later one")
        },
        JobEventsCheck("a subscription ends when it is canceled, or released") { ends in
            let (canceled, released, kept) = (Heard(), Heard(), Heard())
            let first = ends.near.listen(canceled)
            var second: JobEventSubscription? = ends.near.listen(released)
            let third = ends.near.listen(kept)
            defer { withExtendedLifetime((first, third)) {} }
            first.cancel()
            first.cancel()
            withExtendedLifetime(second) {}
            second = nil
            ends.near.publish(.available)
            try requireEqual(try await kept.events(1).count, 1, "others still hear it")
            try requireEqual(canceled.events, [], "the canceled one hears nothing")
            try requireEqual(released.events, [], "nor does the released one")
        },
        JobEventsCheck("a handler may publish, subscribe and cancel") { ends in
            let (heard, late) = (Heard(), Heard())
            let inner = Subscriptions()
            let outer = ends.near.subscribe { event in
                heard.add(event)
                guard event == .available else { return }
                inner.keep(ends.near.listen(late))
                ends.near.publish(.canceled(JobID()))
                inner.cancelAll()
            }
            defer { withExtendedLifetime(outer) {} }
            ends.near.publish(.available)
            try requireEqual(try await heard.events(2).count, 2, "it hears its own event as well")
        },
    ]
}
