namespace Culprit.Knowledge;

/// <summary>What knowledge was read from cannot be used. The message says where, what is wrong, and what to do.</summary>
public sealed class KnowledgeException : Exception
{
    /// <summary>With what is wrong.</summary>
    public KnowledgeException(string message)
        : base(message)
    {
    }

    /// <summary>With what is wrong and what showed it.</summary>
    public KnowledgeException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
