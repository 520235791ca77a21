using KeyAccountBot.Language;
using System.Text.RegularExpressions;

namespace KeyAccountBot.Sales.Reports;

/// <summary>How a clause stands to what has happened.</summary>
internal enum Mood
{
    /// <summary>It happened.</summary>
    Stated,

    /// <summary>It is going to happen, or is wanted.</summary>
    Planned,

    /// <summary>Perhaps.</summary>
    Doubted,

    /// <summary>It did not happen.</summary>
    Denied,

    /// <summary>Somebody else's affair: a competitor's, another customer's.</summary>
    Foreign,

    /// <summary>Only if something else happens, or only asked.</summary>
    Open,
}

/// <summary>Reads the mood of a clause from its words, in English and Chinese. What is in doubt is never taken as stated.</summary>
internal static partial class Moods
{
    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
    private const int PatienceMs = 1000;

    /// <summary>The mood of a clause; the strictest of those its words show.</summary>
    /// <param name="clause">As written: "may" is a verb, "May" a month.</param>
    public static Mood Of(string clause)
    {
        var plain = Harmless().Replace(Spelling.Fold(clause), m => new string(' ', m.Length));
        return Denying().IsMatch(plain) ? Mood.Denied
            : Another().IsMatch(plain) ? Mood.Foreign
            : Doubting().IsMatch(plain) || PerhapsMay().IsMatch(clause) ? Mood.Doubted
            : Planning().IsMatch(plain) ? Mood.Planned
            : Mood.Stated;
    }

    /// <summary>Whether a whole sentence asks or only supposes.</summary>
    public static bool IsOpen(string sentence) => Asking().IsMatch(Spelling.Fold(sentence).TrimEnd());

    /// <summary>Whether a clause speaks of what has been, so that its bare weekday lies behind.</summary>
    public static bool IsPast(string clause) => Past().IsMatch(Spelling.Fold(clause));

    /// <summary>Whether a clause speaks of somebody's absence: its date is no step.</summary>
    public static bool IsAbsence(string clause) => Away().IsMatch(Spelling.Fold(clause));

    // words that look like a denial, a plan or a doubt and are none
    [GeneratedRegex(
        @"\bnot only\b|\bno (problems?|doubt|objections?|issues?)\b|\bno\. ?[0-9]|\bnothing new\b|\bnot bad\b"
        + "|没(有)?(什么)?(问题|意见|异议)|未来|不(错|过|仅|但|光|只|少|断|久|锈)|差不多(?=.{0,2}(谈|聊|花|用|坐))|无(菌|缝|锡)|别的|特别|分别|级别|主要|重要|摘要|纪要|必要|需求", Plain, PatienceMs)]
    private static partial Regex Harmless();

    [GeneratedRegex(
        @"\b(not|never|no|nobody|nothing|none|neither|nor|without|cannot|unable|refus\w+|reject\w*|declin\w+|cancel\w*|postpon\w+|delay\w*|withdr\w+|yet to|instead of|far from|failed to)\b"
        + @"|n't\b|\b(dont|didnt|wont|isnt|hasnt|wasnt|cant|doesnt|havent|arent)\b"
        + "|没|未|不|别|尚|无|拒绝|取消|推迟|延期|暂缓|否决|搁置|驳回|泡汤|白跑", Plain, PatienceMs)]
    private static partial Regex Denying();

    [GeneratedRegex(@"\b(competitors?|rivals?|another (customer|supplier|company|vendor)|other (customer|supplier|company|vendor)s?|last year)\b|竞争对手|对手|别家|另一家|其他(客户|供应商|厂家)|去年", Plain, PatienceMs)]
    private static partial Regex Another();

    [GeneratedRegex(
        @"\b(might|maybe|perhaps|probably|possibly|likely|almost|nearly|about to|seem\w*|apparently|supposed\w*|allegedly|rumou?r\w*|hearsay|unsure|unclear|could|should|would|in principle|practically|basically|as good as|sort of|kind of|more or less|hopefully|close to|nearing)\b"
        + @"|\b(i|we) (think|believe|guess|assume|suppose|heard|hear|doubt|feel)\b"
        + "|可能|也许|或许|大概|估计|应该|应当|好像|似乎|听说|据说|传闻|觉得|认为|恐怕|基本|快(?!递)|几乎|差不多|有望|说不准|本来|原本|差点|算是|貌似|八成", Plain, PatienceMs)]
    private static partial Regex Doubting();

    [GeneratedRegex(@"\b(may|MAY)\b(?! [0-9])", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, PatienceMs)]
    private static partial Regex PerhapsMay();

    [GeneratedRegex(
        @"\b(will|going to|gonna|shall|must|pending|tomorrow|tonight|soon|later|upcoming|deadline|promis\w+|awaits?|awaiting|expect\w*|hop(e|es|ed|ing)|wants?|wanted|needs?|needed|due|scheduled|planned|intends?|todo|still)\b|'ll\b"
        + @"|\b(plans?|planning|aim\w*|try|trying|ready|have|has|had|ask(ed|s)? (us|me|them|him|her)|agreed|remains?|like|is|are|be) to\b|\bto be\b|\bnext (step|week|month|quarter|year)\b|\bset for\b|\bwait(s|ing)? (for|on)\b|\bworking on\b|\b(preparing|drafting)\b|\bso that\b"
        + "|将|(?<!摘|纪)要|(?<![开机社协工展年例结事宴晚聚约委])会(?![议面上见谈后签晤员客同场])|准备|打算|计划(?!书|部|科|表)|预计|预期|争取|力争|希望|想(?!法)|待(?!遇)|等(?!级|于)|即将|马上|[明后]天|明日|下(个|下)?(周|月|星期|礼拜|一步)|约定|约好|答应|承诺|需|(周|星期|礼拜)[一二三四五六日天]之?前|[日号底末]之?前|再(?!次)", Plain, PatienceMs)]
    private static partial Regex Planning();

    [GeneratedRegex(
        @"[?]$|[吗呢么][。!]?$|\b(if|unless|once|whether|provided|assuming|in case|as soon as|until|wonder\w*)\b|\bwhen (the|they|he|she|it|our|their)\b"
        + "|如果|要是|假如|倘若|若是|只要|一旦|除非|的话|是否|有没有|会不会|能不能|要不要|是不是|可不可以", Plain, PatienceMs)]
    private static partial Regex Asking();

    [GeneratedRegex(
        @"\b(was|were|has|have|had|did|been|met|visited|saw|spoke|talked|called|signed (the|our|it|a)|submitted (the|our|it|a)|handed|approved (the|our|it)|accepted (the|our|it)|presented|showed|agreed|opened|sent|went|got|received|told|sat)\b|'ve\b"
        + "|了|已|过(?!程|来)|刚", Plain, PatienceMs)]
    private static partial Regex Past();

    [GeneratedRegex(@"\b(holiday|vacation|on leave|sick|out of office|travell?ing|away)\b|出差|休假|请假|放假|生病", Plain, PatienceMs)]
    private static partial Regex Away();
}
