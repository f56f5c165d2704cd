import Migrations
import Script

/// Which statements of a file share a transaction.
struct TransactionSpans {
  /// For each statement the number of its transaction.
  private var spans: [Int]
  /// Whether the file itself begins the transaction of that number.
  private var explicit: Set<Int> = []

  /// Reads a file: between its own BEGIN and COMMIT, else as a whole, or each statement alone where one of them cannot
  /// run in a transaction.
  init(_ migration: Migration) {
    let statements = migration.script.statements
    let controlling = statements.filter { $0.transactionRule == .begin || $0.transactionRule == .commit }
    // A COMMIT behind all without a BEGIN ends the transaction that was begun around the file.
    let endsOnly = controlling.count == 1 && statements.last?.transactionRule == .commit
    let isControlled = !controlling.isEmpty && !endsOnly
    let isWhole =
      !isControlled && !migration.forbidsTransaction
      && !statements.contains { if case .outsideOnly = $0.transactionRule { true } else { false } }
    guard !isWhole else {
      spans = statements.map { _ in 0 }
      return
    }
    spans = []
    var number = 0
    var isOpen = false
    for statement in statements {
      switch statement.transactionRule {
      case .begin:
        number += 1
        isOpen = true
        explicit.insert(number)
        spans.append(number)
      case .commit, .rollback:
        spans.append(number)
        isOpen = false
      default:
        if !isOpen { number += 1 }
        spans.append(number)
      }
    }
  }

  /// Whether two statements run in one transaction.
  func share(_ one: Int, _ other: Int) -> Bool { spans[one] == spans[other] }

  /// Whether a statement stands between the file's own BEGIN and COMMIT.
  func isInsideOwnTransaction(_ statement: Int) -> Bool { explicit.contains(spans[statement]) }
}
