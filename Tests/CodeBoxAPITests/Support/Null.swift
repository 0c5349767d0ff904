import Foundation

/// What JSON's null is to Foundation.
typealias Null = NSNull
