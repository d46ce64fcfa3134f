using System.Text.Json.Serialization;

namespace Authdog.Gateway.Access.Resume;

/// <summary>JSON of what is kept beside the body.</summary>
[JsonSerializable(typeof(KeptRequest))]
internal sealed partial class KeptRequestJson : JsonSerializerContext;
