"""Makes ``service/api/common_passwords.txt``: passwords everybody tries first, in small letters, each on a line.

    python -m tools.common_passwords > service/api/common_passwords.txt

Made by rule: words people choose, alone and with the endings they choose; walks over the keyboard; digits in a row; surnames in
Pinyin. ``service/domain/passwords.py`` undoes look-alikes and cuts digits and signs off the ends before it looks here, so a word
stands for thousands of passwords.
"""

from collections.abc import Iterator

WORDS = """
password passwd passw0rd pass word secret letmein welcome login signin admin administrator root superuser super user guest test
tester testing demo temp default system manager master operator service support server backup database oracle mysql postgres
sysadmin secadmin auditadmin webadmin netadmin administrator1 changeme change qwerty qwert qwer asdf asdfgh asdfghjkl zxcv zxcvbn
zxcvbnm abcd abcde abcdef abcdefg abcdefgh abc abcabc iloveyou loveyou love lovely baby angel princess sunshine shadow dragon
monkey tiger football baseball basketball soccer hello helloworld hellokitty freedom whatever trustno1 starwars superman batman
computer internet windows android iphone huawei xiaomi alibaba tencent baidu weixin wechat taobao company office work
woaini woaiwojia woaizhongguo aini5201314 woshishui wobuzhidao nihao nihaoma zhongguo beijing shanghai fujian xiamen
fuzhou zhangzhou quanzhou yunxiao zhangpu dongshan zhaoan xianzhengfu zhengfu zhengwu zhongxin gongzhang yinzhang shenpi
yizhangtong oneseal bianmin fuwu zhongxin bangong bangongshi mima mimamima denglu yonghu guanliyuan xitong ceshi
caonima shabi laogong laopo baobao baobei mingtian jintian kuaile xingfu facai gongxi wanshi ruyi pingan jiankang
"""
SURNAMES = """
wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng xie han tang feng yu dong xiao
cheng cao yuan deng fu shen zeng peng lv su lu jiang cai jia ding wei xue ye yan pan du dai xia zhong tian ren fan fang shi yao
tan liao zou xiong jin hao kong bai cui kang mao qiu qin gu hou shao meng long wan duan qian tong yin chang wen pang
"""
ENDINGS = (
    "abc",
    "qwe",
    "asd",
    "admin",
    "123abc",
    "123qwe",
    "1q2w3e",
)  # digits and signs at the ends are cut off anyway
ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz")
COLUMNS = ("1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik,", "9ol.", "0p;/")
SHORTEST, LONGEST_WALK = 4, 12
SPELLED = (("a", "4"), ("e", "3"), ("i", "1"), ("o", "0"), ("s", "5"))


def common_passwords() -> list[str]:
    """Sorted, each once."""
    return sorted({found for part in (_words(), _walks(), _repeats(), _years()) for found in part})


def _words() -> Iterator[str]:
    for word in sorted({*WORDS.split(), *SURNAMES.split()}):
        yield word
        yield word[::-1]
        for ending in ENDINGS:
            yield word + ending
        for plain, spelled in SPELLED:
            yield word.replace(plain, spelled)


def _walks() -> Iterator[str]:
    """Along a row and back, and down the columns one after the other: qwertyuiop, 0987654321, 1qaz2wsx3edc."""
    for row in ROWS:
        for way in (row, row[::-1]):
            for length in range(SHORTEST, min(LONGEST_WALK, len(way)) + 1):
                yield from (way[n : n + length] for n in range(len(way) - length + 1))
    for count in range(1, 5):
        for first in range(len(COLUMNS) - count + 1):
            yield "".join(COLUMNS[first : first + count])
            yield "".join(column[::-1] for column in COLUMNS[first : first + count])
    for row, other in ((a, b) for a in ROWS for b in ROWS if a != b):
        for length in (3, 4, 5, 6):
            yield row[:length] + other[:length]


def _repeats() -> Iterator[str]:
    for sign in "0123456789abcdefghijklmnopqrstuvwxyz":
        yield from (sign * times for times in range(SHORTEST, LONGEST_WALK + 1))
    for part in ("12", "123", "1234", "112233", "121212", "abc", "qwe", "asd", "123321", "1314", "520"):
        yield from (part * count for count in (2, 3, 4))


def _years() -> Iterator[str]:
    """Years of birth with what people put round them."""
    for year in range(1950, 2028):
        yield str(year)
        yield f"{year}{year}"
        yield f"{year}0101"
        yield f"{year}1001"


if __name__ == "__main__":
    print("\n".join(common_passwords()))
