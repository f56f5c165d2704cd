import CPgQuery
import Schema

extension EffectReader {
  /// The tablespace and the access method that a statement names; nil where it names neither.
  func storage(in tablespace: UnsafePointer<CChar>?, by method: UnsafePointer<CChar>?) -> RelationStorage? {
    let (tablespace, method) = (nonEmpty(tablespace), nonEmpty(method))
    guard tablespace != nil || method != nil else { return nil }
    return RelationStorage(tablespace: tablespace, accessMethod: method)
  }
}
