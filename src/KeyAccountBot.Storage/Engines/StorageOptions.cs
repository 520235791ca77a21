namespace KeyAccountBot.Storage.Engines;

/// <summary>Where records are kept.</summary>
public sealed class StorageOptions
{
    /// <summary>An Azure storage account, or Azurite; comes first.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>An Azure storage account reached by managed identity, <c>https://ACCOUNT.table.core.windows.net</c>; used when <see cref="ConnectionString"/> is empty.</summary>
    public string AccountUrl { get; set; } = "";

    /// <summary>A folder for the embedded engine; used when the others are empty.</summary>
    public string Path { get; set; } = "./data";
}
