/** https://github.com/mongodb/js-bson: the values of MongoDB that JavaScript has no type for. */
declare module 'bson' {
  export { ObjectId, ObjectID, BSONError, BSONRegExp, BSONSymbol, Binary, DBRef, Decimal128, Double, Int32, Long, MaxKey, MinKey, Timestamp, UUID } from 'mongodb';
  export function serialize(document: object, options?: any): Buffer;
  export function deserialize(bytes: Uint8Array, options?: any): any;
  export function calculateObjectSize(document: object, options?: any): number;
  export const BSON: typeof import('bson');
}
