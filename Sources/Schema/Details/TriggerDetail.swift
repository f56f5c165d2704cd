/// What the catalog says of a trigger.
public struct TriggerDetail: Sendable, Hashable {
  /// The function that it calls.
  public var function: ObjectIdentity
  /// `O` enabled, `D` disabled, `R` on replicas, `A` always (`pg_trigger.tgenabled`).
  public var enabled: String

  /// Makes the detail from its parts.
  public init(function: ObjectIdentity, enabled: String = "O") {
    self.function = function
    self.enabled = enabled
  }
}
