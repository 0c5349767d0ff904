/// Every promise that ``JobStore`` makes. Each store's tests run all of them, each on a new store.
package enum JobStoreConformance {
    package static let checks: [JobStoreCheck] =
        insertion + leasing + finishing + cancellation + takingBack + listing + housekeeping
}
