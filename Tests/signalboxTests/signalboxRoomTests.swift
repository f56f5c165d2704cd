import Testing

@testable import signalbox
