import Console

extension Trouble {
  /// What the operator reads of an error.
  init(_ error: any Error) {
    let report = FailureReport(error)
    let message = report.message
    self.init(message, advice: report.advice)
  }
}
