import Migrations
import Schema

/// Claims about who reaches what.
extension ExpectationJudge {
  func judgeAccess(_ expectation: AccessExpectation) -> Judgement {
    let matrix = matrix ?? AccessMatrix(snapshot)
    let objects = matrix.objects(of: expectation)
    guard let first = objects.first else { return missing(expectation.object) }
    guard expectation.role == AccessMatrix.owner || snapshot.access.roles[expectation.role] != nil else {
      return Judgement(
        code: FindingCode.expectationMissing, object: ObjectIdentity(.role, name: expectation.role),
        message: "there is no role \(expectation.role) to reach \(first.qualifiedName)")
    }
    for object in objects {
      for command in matrix.commands(for: object) where expectation.covers(command) {
        let cell = matrix.cell(object, command, role: expectation.role)
        guard let difference = expectation.difference(from: cell.value, by: command) else { continue }
        let reason = cell.reasons.last { $0.kind != .note }.map { ": \($0.text)" } ?? ""
        return Judgement(
          code: difference.code, object: object,
          message: "\(expectation.subject(command, object)) reaches \(cell.value.explanation), "
            + "expected is \(expectation.words(for: command))\(reason)")
      }
    }
    return Judgement(
      object: first, message: "\(expectation.subject(nil, first)) reaches \(expectation.reach)")
  }
}

extension AccessMatrix {
  /// The objects that an expectation is about: the relation of its name, or the functions.
  func objects(of expectation: AccessExpectation) -> [ObjectIdentity] {
    let object = expectation.object
    if object.kind == .table, let relation = relationsByName[object.relationName] { return [relation] }
    guard let schema = object.schema else { return [] }
    let routines = functions[[schema, object.name]] ?? []
    guard let signature = object.signature else { return routines.sorted() }
    let wanted = signature.split(separator: ",")
    return routines.filter { routine in
      let found = (routine.signature ?? "").split(separator: ",")
      return wanted.count == found.count
        && zip(wanted, found).allSatisfy { TypeSpelling.agree(String($0), String($1)) }
    }
  }
}

/// How far a value is from an expected one.
enum AccessDifference: Sendable, Hashable {
  case wider
  case narrower
  case other

  var code: String {
    switch self {
    case .wider: FindingCode.expectationAccessWider
    case .narrower: FindingCode.expectationAccessNarrower
    case .other: FindingCode.expectationAccess
    }
  }
}

extension AccessExpectation {
  /// Whether it says something about a command.
  func covers(_ command: AccessCommand) -> Bool { self.command.map { $0 == command.rawValue } ?? true }

  /// Who does what: `authenticated SELECT on public.telemetry`.
  func subject(_ command: AccessCommand?, _ object: ObjectIdentity) -> String {
    let word = command?.rawValue ?? self.command
    return [role, word, "on", object.qualifiedName].compactMap { $0 }.joined(separator: " ")
  }

  /// What is expected of a command, in words.
  func words(for command: AccessCommand) -> String {
    isExact(for: command) ? "\(reach)" : "\(reach), so \(command.rawValue) may reach no more than that"
  }

  /// How far a value is from what is expected of a command; nil if it is that.
  func difference(from value: AccessValue, by command: AccessCommand) -> AccessDifference? {
    if value == .error { return .other }
    let found = Self.rank(value)
    switch reach {
    case .execute: return found == Self.everything ? nil : .narrower
    case .none: return found == 0 ? nil : .wider
    case .bypass where isExact(for: command) && value == .all: return .other
    case .all, .bypass:
      return found == Self.everything || !isExact(for: command) ? nil : .narrower
    case .own, .some:
      if value.rawValue == reach.rawValue { return nil }
      if found == Self.everything { return .wider }
      if found == 0 { return isExact(for: command) ? .narrower : nil }
      // Own rows are some rows, but which ones some rows are is not known.
      return reach == .some && !isExact(for: command) ? nil : .other
    }
  }

  /// Whether a command must reach just this; else it may reach less.
  private func isExact(for command: AccessCommand) -> Bool {
    self.command != nil || command == .select || command == .execute || command == .usage
  }

  private static let everything = 2

  private static func rank(_ value: AccessValue) -> Int {
    switch value {
    case .noGrant, .noPolicy, .impossible, .error: 0
    case .own, .some: 1
    case .all, .bypass: everything
    }
  }
}
