import Schema

extension Statement {
  /// Whether the server reads a label of an enumerated type when the statement runs, as far as the text tells.
  ///
  /// Where the files do not say of which type a string is that reads like the label, it is taken for the label.
  public func reads(label: ObjectIdentity) -> Bool {
    // A new label may stand beside one that is just as new.
    guard tag != "ALTER TYPE", tag != "COMMENT" else { return false }
    let uses = effects.filter { $0.action == .uses && $0.object == label }
    if uses.contains(where: { !$0.isLateBound }) { return true }
    guard !makesLateBoundRoutine else { return false }
    return text.range(ofText: SQLLiteral.standard(label.name)) != nil
  }

  /// Whether it makes a routine whose body the server reads only when it is called.
  private var makesLateBoundRoutine: Bool {
    effects.contains { effect in
      guard effect.action == .creates, case .function(let function) = effect.detail else { return false }
      return function.language != "sql"
    }
  }
}
