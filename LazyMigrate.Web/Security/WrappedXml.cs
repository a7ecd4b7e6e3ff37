using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace LazyMigrate.Web.Security;

/// <summary>Wraps data-protection keys with AES-256-GCM. The element is <c>&lt;wrappedKey&gt;base64(nonce, tag, ciphertext)&lt;/wrappedKey&gt;</c>.</summary>
internal sealed class WrappedXmlEncryptor(WrappingKey key) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var wrapped = new byte[AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize + plain.Length];
        var nonce = wrapped.AsSpan(0, AesGcm.NonceByteSizes.MaxSize);
        var tag = wrapped.AsSpan(nonce.Length, AesGcm.TagByteSizes.MaxSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key.Bytes, tag.Length);
        aes.Encrypt(nonce, plain, wrapped.AsSpan(nonce.Length + tag.Length), tag);
        return new EncryptedXmlInfo(new XElement("wrappedKey", Convert.ToBase64String(wrapped)), typeof(WrappedXmlDecryptor));
    }
}

/// <summary>Made by data protection itself, which is why it takes the service provider.</summary>
internal sealed class WrappedXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var key = services.GetService<WrappingKey>()
            ?? throw new CryptographicException("The data-protection keys in the database are wrapped, but LazyMigrate:KeyEncryption is not configured.");
        var wrapped = Convert.FromBase64String(encryptedElement.Value).AsSpan();
        var nonce = wrapped[..AesGcm.NonceByteSizes.MaxSize];
        var tag = wrapped.Slice(nonce.Length, AesGcm.TagByteSizes.MaxSize);
        var plain = new byte[wrapped.Length - nonce.Length - tag.Length];
        using var aes = new AesGcm(key.Bytes, tag.Length);
        aes.Decrypt(nonce, wrapped[(nonce.Length + tag.Length)..], tag, plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}
