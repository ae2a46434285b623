"""Common English short forms of given names."""

from __future__ import annotations

from functools import cache

_FAMILIES = """
abigail abby gail | albert al bert bertie | alexander alex al sandy xander sasha | alexandra alex
sandra sandy lexi sasha | alfred al fred | alice ali | allison allie | amanda mandy | andrew andy
drew | angela angie | ann anne anna annie nan nancy | anthony tony | antonia toni | arthur art
artie | barbara barb barbie babs | benjamin ben benny | bernard bernie | beverly bev | bradley
brad | calvin cal | cameron cam | carol carrie | caroline carrie carol lynn | catherine kate cathy
katie cat kitty cate | charles charlie chuck chas | charlotte lottie charlie | christina chris
tina chrissy christy | christine chris tina chrissy christy | christopher chris kit topher |
clifford cliff | constance connie | curtis curt | cynthia cindy | daniel dan danny | danielle dani
| david dave davy | deborah debra deb debbie | denise denny | dennis denny | donald don donny |
dorothy dot dottie dolly | douglas doug | edmund ed eddie ned | edward ed eddie ted ned | eleanor
ellie nell nora | elizabeth liz beth betty eliza lizzie betsy libby lisa elsie bess | emily em
emmy | emma em | ernest ernie | eugene gene | evelyn evie | florence flo | frances fran frannie |
francis frank fran | franklin frank | frederick fred freddie rick | gabriel gabe | gabrielle gabby
| gerald gerry jerry | geoffrey geoff jeff | gertrude trudy | gilbert gil | gordon gord | gregory
greg | gwendolyn gwen | harold hal harry | harriet hattie | helen nell | henry hank harry hal |
herbert herb bert | irene rene | isabella bella izzy isabel | jacob jake | jacqueline jackie |
james jim jimmy jamie jem | janet jan | janice jan | jean jeannie | jeffrey jeff | jennifer jen
jenny | jeremy jerry | jerome jerry | jessica jess jessie | joan joanie | john jack johnny jon |
jonathan jon jonny nathan | joseph joe joey jo | josephine jo josie | joshua josh | joyce joy |
judith judy | julia julie | julian jules | katherine kate kathy katie kat kitty kay | kathleen
kathy kate katie kay | kenneth ken kenny | kimberly kim | lawrence larry lars | leonard len lenny
leo | leslie les | lillian lily lil | linda lin lindy | louis lou louie | louise lou | lucille
lucy | madeline maddie | margaret maggie meg peggy marge margie greta rita daisy | maria mary |
marjorie marge margie | martha marty | martin marty | marvin marv | mary molly polly mamie may |
matthew matt | maureen mo | maxwell max | megan meg | melissa mel missy | melvin mel | michael
mike mickey mick | michelle shelly | mildred millie | miriam mimi | mitchell mitch | nancy nan |
nathaniel nathan nate nat | nathan nate nat | nicholas nick nicky | nicole nikki | norman norm |
oliver ollie | olivia liv | pamela pam | patricia pat patty trish tricia | patrick pat paddy |
pauline polly | peter pete | philip phil | phyllis phyl | priscilla cilla | rachel rae | ralph
ralphie | randall randy | raymond ray | rebecca becky becca | reginald reg reggie | richard rick
dick rich ricky richie | robert bob rob bobby robbie bert | roberta bobbie | roger rog | ronald
ron ronnie | rosemary rose rosie | rudolph rudy | russell russ | samantha sam | samuel sam sammy |
sandra sandy | sarah sally sadie | sharon shari | sidney sid | solomon sol | sophia sophie |
stanley stan | stephanie steph | stephen steve stevie | steven steve stevie | stuart stu | susan
sue susie suzy suzanne | suzanne sue suzy | sylvia syl | teresa terry tess tessa | terence terry |
theodore ted teddy theo | theresa terry tess tessa | thomas tom tommy | timothy tim | valerie val
| vanessa nessa | victor vic | victoria vicky tori | vincent vince vinny | virginia ginny | vivian
viv | walter walt wally | wesley wes | wilfred will fred | william bill will billy liam willie |
winifred winnie | zachary zach zack
"""


@cache
def _families() -> dict[str, frozenset[int]]:
    """For each name the families it is of."""
    found: dict[str, set[int]] = {}
    for number, family in enumerate(_FAMILIES.split("|")):
        for name in family.split():
            found.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def same_given(one: str, other: str) -> bool:
    """Whether two given names, in plain lower case, are a name and a short form of it."""
    families = _families()
    return bool(families.get(one, frozenset()) & families.get(other, frozenset()))


def is_common(name: str) -> bool:
    """Whether a given name, in plain lower case, is one of the common ones here."""
    return name in _families()
