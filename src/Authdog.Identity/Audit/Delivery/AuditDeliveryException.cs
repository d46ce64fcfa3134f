namespace Authdog.Identity.Audit.Delivery;

/// <summary>A stream did not take events. The message is short and holds no secret: it is kept with what was set aside.</summary>
public sealed class AuditDeliveryException(string message, Exception? innerException = null) : Exception(message, innerException);
