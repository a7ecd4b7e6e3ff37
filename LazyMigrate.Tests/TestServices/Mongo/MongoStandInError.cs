using MongoDB.Bson;

namespace LazyMigrate.Tests.TestServices.Mongo;

/// <summary>An error as a MongoDB server would answer it: https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml.</summary>
internal sealed class MongoStandInError(int code, string codeName, string message) : Exception(message)
{
    /// <summary>Further fields, for example <c>keyPattern</c>.</summary>
    public BsonDocument Fields { get; init; } = [];

    public int Code { get; } = code;

    public static MongoStandInError BadValue(string message) => new(2, "BadValue", message);

    public static MongoStandInError FailedToParse(string message) => new(9, "FailedToParse", message);

    public BsonDocument ToReply() => new BsonDocument { { "ok", 0.0 }, { "errmsg", Message }, { "code", Code }, { "codeName", codeName } }.AddRange(Fields);

    /// <summary>As one of a command's <c>writeErrors</c>.</summary>
    public BsonDocument ToWriteError(int index) => new BsonDocument { { "index", index }, { "code", Code }, { "errmsg", Message } }.AddRange(Fields);
}
