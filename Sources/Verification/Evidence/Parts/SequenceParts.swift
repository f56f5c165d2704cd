import Schema
import Script

/// The parts of sequences.
enum SequenceParts {
  /// The parts of a sequence as `CREATE SEQUENCE` leaves it, with the defaults of what it does not say; what hangs on a type
  /// that is not known is left out.
  ///
  /// The defaults are those of `init_params` in PostgreSQL's `commands/sequence.c`.
  static func made(_ definition: String?, _ detail: SequenceDetail) -> [DefinitionPart] {
    var parts = DefinitionParts.sequence(definition, detail)
    func has(_ name: String) -> Bool { parts.contains { $0.name == name } }
    let isOwned = detail.ownedBy != nil
    if !has("type"), !isOwned { parts.append(DefinitionPart("type", .type("bigint"))) }
    if !has("increment") { parts.append(DefinitionPart("increment", .word("1"))) }
    if !has("cache") { parts.append(DefinitionPart("cache", .word("1"))) }
    let increment = parts.first { $0.name == "increment" }?.value.text ?? "1"
    guard !increment.hasPrefix("-"), !isOwned else { return parts }
    let type = parts.first { $0.name == "type" }?.value.text ?? ""
    if !has("minimum") { parts.append(DefinitionPart("minimum", .word("1"))) }
    if !has("maximum"), let maximum = greatest[TypeSpelling.canonical(type)] {
      parts.append(DefinitionPart("maximum", .word(maximum)))
    }
    if !has("start"), let minimum = parts.first(where: { $0.name == "minimum" }) {
      parts.append(DefinitionPart("start", minimum.value))
    }
    return parts
  }

  /// The parts of which nothing can be said where the files do not say them.
  static let unsaid: Set<String> = ["type", "minimum", "maximum", "start"]

  private static let greatest = [
    "smallint": "32767", "integer": "2147483647", "bigint": "9223372036854775807",
  ]

  /// What `ALTER SEQUENCE` changes.
  static func changes(_ clause: String, _ detail: ObjectDetail) -> [DefinitionChange]? {
    var changes = DefinitionParts.sequence(clause, SequenceDetail()).dropFirst().map { DefinitionChange($0) }
    if clause == "SET LOGGED" { return [DefinitionChange("persistence", nil)] }
    if clause == "SET UNLOGGED" { return [DefinitionChange("persistence", .word("UNLOGGED"))] }
    if clause.range(ofMark: "NO CYCLE") != nil { changes.append(DefinitionChange("cycle", nil)) }
    if case .sequence(let sequence) = detail {
      changes.append(DefinitionChange("owner column", .word(sequence.ownedBy?.qualifiedName ?? "none")))
    }
    return changes
  }
}
