/// Every promise of ``JobStore``. Each store's tests run all checks, each on a new store.
package enum JobStoreConformance {
    package static let checks: [JobStoreCheck] =
        insertion + leasing + finishing + cancellation + takingBack + listing + housekeeping
}
