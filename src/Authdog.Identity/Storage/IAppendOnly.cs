namespace Authdog.Identity.Storage;

/// <summary>A row that is written once: saving a changed or deleted one throws.</summary>
public interface IAppendOnly;
