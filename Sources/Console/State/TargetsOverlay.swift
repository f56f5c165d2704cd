/// The targets of the project file, to choose another.
struct TargetsOverlay: Sendable, Hashable {
  var cursor = 0
}
