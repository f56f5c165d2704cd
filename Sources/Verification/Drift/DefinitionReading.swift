import Schema
import Script

/// A definition taken apart, with what is not known of it.
struct DefinitionReading: Sendable {
  /// The parts, in the order in which people read them.
  var parts: [DefinitionPart] = []
  /// Why a part cannot be compared, by its name.
  var doubts: [String: String] = [:]
  /// The statement that last said something of a part, by its name; the one that made the object for others.
  var places: [String: StatementPlacement] = [:]
  /// How many names had changed before a part was written, by its name; as many as before the object for others.
  var renamesBefore: [String: Int] = [:]

  /// One part, if it is there.
  func part(_ name: String) -> DefinitionPart.Value? { parts.first { $0.name == name }?.value }

  /// Gives a part another value, or takes it away with nil.
  mutating func set(_ name: String, _ value: DefinitionPart.Value?) {
    let present = parts.firstIndex { $0.name == name }
    switch (present, value) {
    case (let place?, let value?): parts[place].value = value
    case (let place?, nil): parts.remove(at: place)
    case (nil, let value?): parts.append(DefinitionPart(name, value))
    case (nil, nil): break
    }
    doubts[name] = nil
  }

  /// The same, by a later statement.
  mutating func set(_ name: String, _ value: DefinitionPart.Value?, by alteration: ObjectAccount.Alteration) {
    set(name, value)
    places[name] = alteration.place
    renamesBefore[name] = alteration.renamesBefore
    if !alteration.isCertain { doubts[name] = "whether it was changed hangs on a condition" }
  }

  /// Leaves a part out of the comparison.
  mutating func doubt(_ name: String, _ reason: String) { doubts[name] = reason }
}
