"""Paraphrases over three models in Korean, and Japanese: how many are understood."""

# ruff: noqa: E501 - a line is an utterance with what is wanted of it

import re
from datetime import datetime, timedelta, timezone

import pytest

pytest.importorskip("rapidfuzz")
pytest.importorskip("numpy")

from clova_flask.devtools.model.objects import (
    CustomIntent,
    CustomSlotType,
    Expression,
    IntentSlot,
    InteractionModel,
    Part,
    SlotEntry,
)
from clova_flask.devtools.understanding import Understander

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=timezone(timedelta(hours=9)))  # a Friday

AUDIO = ("Next", "Previous", "Pause", "Resume", "Stop", "RequestAlternatives")
TALK = ("Yes", "No", "Cancel", "Guide")


def expression(line):
    pieces = re.split(r"<(\w+)>(.*?)</\1>", line)
    parts = []
    for number in range(0, len(pieces), 3):
        if pieces[number]:
            parts.append(Part(pieces[number]))
        if number + 2 < len(pieces):
            parts.append(Part(pieces[number + 2], pieces[number + 1]))
    return Expression(line, tuple(parts))


def intent(name, slots, lines):
    pairs = [pair.split(":") for pair in slots.split()]
    return CustomIntent(
        name,
        tuple(IntentSlot(*pair) for pair in pairs),
        tuple(expression(line) for line in lines.strip().split("\n")),
    )


def slot_type(name, lines):
    rows = [line.split("|") for line in lines.strip().split("\n")]
    return CustomSlotType(name, tuple(SlotEntry(row[0], tuple(row[1:])) for row in rows))


def model(language, built_in, intents, types=()):
    return InteractionModel(
        language=language,
        built_in_intents=tuple(f"Clova.{name}Intent" for name in built_in),
        intents={item.name: item for item in intents},
        slot_types={item.name: item for item in types},
    )


PIZZA_KO = model(
    "ko", TALK,
    [
        intent("OrderPizza", "pizzaType:PIZZA_TYPE pizzaAmount:CLOVA.NUMBER pizzaSize:SIZE when:CLOVA.DATETIME", """
<pizzaType>페퍼로니</pizzaType> 피자 <pizzaAmount>한</pizzaAmount> 판 주문해 줘
<pizzaType>콤비네이션</pizzaType> <pizzaAmount>두</pizzaAmount> 판 배달해 줘
<pizzaType>불고기</pizzaType> 피자 시켜 줘
피자 주문할래
<pizzaType>치즈</pizzaType> 피자 <pizzaSize>라지</pizzaSize>로 <pizzaAmount>한</pizzaAmount> 판 주문할게
<when>오늘 저녁 일곱 시</when>까지 <pizzaType>페퍼로니</pizzaType> 피자 갖다 줘
<when>내일 열두 시</when>에 <pizzaType>불고기</pizzaType> <pizzaAmount>세</pizzaAmount> 판 배달해 줘
<pizzaType>페퍼로니</pizzaType> 먹고 싶어
"""),
        intent("OrderDrink", "drink:DRINK drinkAmount:CLOVA.NUMBER", """
<drink>콜라</drink> <drinkAmount>한</drinkAmount> 병 추가해 줘
<drink>사이다</drink>도 하나 주문할게
<drink>콜라</drink> <drinkAmount>두</drinkAmount> 개 같이 보내 줘
음료수는 <drink>사이다</drink>로 해 줘
"""),
        intent("AskMenu", "", """
메뉴 알려 줘
어떤 피자가 있어
무슨 피자 팔아
메뉴판 보여 줘
피자 종류 뭐 있어
"""),
        intent("AskPrice", "pizzaType:PIZZA_TYPE pizzaSize:SIZE", """
<pizzaType>페퍼로니</pizzaType> 피자 얼마야
<pizzaType>치즈</pizzaType> 피자 가격 알려 줘
<pizzaType>불고기</pizzaType> <pizzaSize>라지</pizzaSize>는 얼마예요
"""),
        intent("OrderStatus", "", """
내 피자 어디까지 왔어
배달 언제 와
주문 상태 알려 줘
얼마나 걸려
"""),
        intent("CancelOrder", "", """
주문 취소해 줘
아까 시킨 피자 취소할래
주문한 거 없던 걸로 해 줘
"""),
        intent("ChangeSize", "pizzaSize:SIZE", """
사이즈 <pizzaSize>라지</pizzaSize>로 바꿔 줘
<pizzaSize>레귤러</pizzaSize> 사이즈로 변경해 줘
"""),
    ],
    [
        slot_type("PIZZA_TYPE", "페퍼로니|페페로니|페파로니\n불고기|소불고기\n콤비네이션|콤비\n치즈|치즈피자\n고구마|스위트 포테이토\n포테이토|감자\n하와이안|파인애플\n슈퍼 슈프림|슈프림\n마르게리타|마르게리따"),
        slot_type("DRINK", "콜라|코카콜라|코크\n사이다|스프라이트\n제로콜라|제로 코크\n환타\n생수|물"),
        slot_type("SIZE", "라지|큰 거|대|L 사이즈\n레귤러|보통|중간\n스몰|작은 거|S 사이즈\n패밀리|제일 큰 거"),
    ],
)  # fmt: skip

MUSIC_KO = model(
    "ko", (*TALK, *AUDIO),
    [
        intent("PlaySong", "artist:ARTIST song:SONG", """
<artist>아이유</artist> 노래 틀어 줘
<song>밤편지</song> 틀어 줘
<artist>아이유</artist>의 <song>밤편지</song> 들려줘
<song>다이너마이트</song> 재생해 줘
<artist>방탄소년단</artist> 음악 듣고 싶어
"""),
        intent("PlayGenre", "genre:GENRE", """
<genre>재즈</genre> 틀어 줘
<genre>발라드</genre> 음악 들려줘
<genre>클래식</genre> 듣고 싶어
신나는 <genre>댄스</genre> 음악 재생해 줘
"""),
        intent("SetVolume", "level:CLOVA.NUMBER", """
볼륨 <level>5</level>로 해 줘
소리를 <level>십</level>으로 맞춰 줘
음량 <level>칠</level>로 바꿔 줘
"""),
        intent("VolumeUp", "", """
소리 크게 해 줘
볼륨 올려 줘
소리 좀 키워
"""),
        intent("VolumeDown", "", """
소리 작게 해 줘
볼륨 내려 줘
소리 좀 줄여
"""),
        intent("WhatSong", "", """
이 노래 뭐야
지금 나오는 노래 제목이 뭐야
이 노래 누가 불렀어
"""),
        intent("LikeSong", "", """
이 노래 좋아요 해 줘
이 노래 마음에 들어
즐겨찾기에 추가해 줘
"""),
        intent("SleepTimer", "time:CLOVA.DURATION", """
<time>삼십 분</time> 뒤에 꺼 줘
<time>한 시간</time> 후에 음악 꺼 줘
<time>20분</time> 동안만 틀어 줘
"""),
        intent("Shuffle", "", """
섞어서 틀어 줘
셔플로 재생해 줘
랜덤으로 들려줘
"""),
    ],
    [
        slot_type("ARTIST", "아이유|IU\n방탄소년단|BTS|방탄\n블랙핑크|블핑\n뉴진스\n임영웅\n악뮤|악동뮤지션\n폴킴\n태연"),
        slot_type("SONG", "밤편지\n다이너마이트|Dynamite\n좋은 날\n봄날\n어떻게 이별까지 사랑하겠어\n하입 보이|Hype Boy\n모든 날 모든 순간\n사건의 지평선"),
        slot_type("GENRE", "재즈\n발라드\n클래식|클래식 음악\n댄스|댄스곡\n힙합|랩\n트로트|뽕짝\n록|락\n동요|어린이 노래"),
    ],
)  # fmt: skip

SCHEDULE_KO = model(
    "ko", (*TALK, "Fallback"),
    [
        intent("AddEvent", "title:EVENT when:CLOVA.DATETIME", """
<when>내일 오후 세 시</when>에 <title>회의</title> 추가해 줘
<when>금요일</when> <title>병원 예약</title> 등록해 줘
<title>점심 약속</title> <when>모레 열두 시</when>로 잡아 줘
<when>8월 10일</when>에 <title>생일 파티</title> 일정 넣어 줘
일정 추가해 줘
"""),
        intent("ListEvents", "when:CLOVA.DATETIME", """
<when>오늘</when> 일정 알려 줘
<when>내일</when> 뭐 있어
<when>이번 주</when> 스케줄 보여 줘
<when>다음 주 월요일</when>에 약속 있어
내 일정 뭐야
"""),
        intent("DeleteEvent", "title:EVENT when:CLOVA.DATETIME", """
<when>내일</when> <title>회의</title> 취소해 줘
<title>병원 예약</title> 삭제해 줘
<when>금요일</when> 일정 지워 줘
"""),
        intent("MoveEvent", "title:EVENT from:CLOVA.DATETIME to:CLOVA.DATETIME", """
<title>회의</title> <to>네 시</to>로 옮겨 줘
<from>내일</from> <title>회의</title>를 <to>모레</to>로 미뤄 줘
<from>월요일</from> 일정을 <to>화요일</to>로 바꿔 줘
"""),
        intent("WhenIs", "title:EVENT", """
<title>회의</title> 언제야
<title>생일 파티</title>가 며칠이지
<title>치과</title> 몇 시야
"""),
        intent("FreeTime", "when:CLOVA.DATETIME", """
<when>내일 오후</when>에 시간 비어
<when>금요일 저녁</when>에 한가해
<when>이번 주말</when>에 비는 시간 있어
"""),
        intent("SetReminder", "title:EVENT before:CLOVA.DURATION", """
<title>회의</title> <before>십 분</before> 전에 알려 줘
<title>약속</title> <before>한 시간</before> 전에 알림 줘
"""),
    ],
    [
        slot_type("EVENT", "회의|미팅\n병원 예약|병원\n점심 약속|점심\n생일 파티|생일\n치과|치과 예약\n운동|헬스\n저녁 약속|저녁 식사\n영화|영화 관람\n면접\n여행\n세미나\n공연|콘서트"),
    ],
)  # fmt: skip

PIZZA_JA = model(
    "ja", TALK,
    [
        intent("OrderPizza", "pizzaType:PIZZA_TYPE pizzaAmount:CLOVA.NUMBER pizzaSize:SIZE when:CLOVA.DATETIME", """
<pizzaType>マルゲリータ</pizzaType>を<pizzaAmount>一</pizzaAmount>枚ください
<pizzaType>シーフード</pizzaType>ピザを<pizzaAmount>二</pizzaAmount>枚注文して
<pizzaType>照り焼きチキン</pizzaType>をお願いします
ピザを注文したい
<pizzaSize>Lサイズ</pizzaSize>の<pizzaType>マルゲリータ</pizzaType>を<pizzaAmount>三</pizzaAmount>枚届けて
<when>今日の夜7時</when>に<pizzaType>シーフード</pizzaType>を配達して
"""),
        intent("AskMenu", "", "メニューを教えて\nどんなピザがあるの\nピザの種類は何"),
        intent("AskPrice", "pizzaType:PIZZA_TYPE pizzaSize:SIZE", """
<pizzaType>マルゲリータ</pizzaType>はいくら
<pizzaType>シーフード</pizzaType>の値段を教えて
<pizzaSize>Mサイズ</pizzaSize>の<pizzaType>シーフード</pizzaType>はいくらですか
"""),
        intent("OrderStatus", "", "ピザはいつ届くの\n配達状況を教えて\n注文したピザはどこ"),
        intent("CancelOrder", "", "注文をキャンセルして\nさっきの注文を取り消して"),
    ],
    [
        slot_type("PIZZA_TYPE", "マルゲリータ|マルガリータ\nシーフード|海鮮\n照り焼きチキン|てりやき\nクワトロフォルマッジ|四種のチーズ\nペパロニ\nハワイアン|パイナップル\nコーンマヨ"),
        slot_type("SIZE", "Lサイズ|L|大きいの\nMサイズ|M|普通\nSサイズ|S|小さいの"),
    ],
)  # fmt: skip

MUSIC_JA = model(
    "ja", (*TALK, "Next", "Previous", "Pause", "Resume"),
    [
        intent("PlaySong", "artist:ARTIST song:SONG", """
<artist>米津玄師</artist>の曲をかけて
<song>レモン</song>を流して
<artist>米津玄師</artist>の<song>レモン</song>を再生して
<artist>あいみょん</artist>が聴きたい
"""),
        intent("PlayGenre", "genre:GENRE", "<genre>ジャズ</genre>をかけて\n<genre>クラシック</genre>を流して\n<genre>ロック</genre>が聴きたい"),
        intent("SetVolume", "level:CLOVA.NUMBER", "音量を<level>5</level>にして\nボリューム<level>三</level>にして"),
        intent("VolumeUp", "", "音量を上げて\n音を大きくして"),
        intent("VolumeDown", "", "音量を下げて\n音を小さくして"),
        intent("WhatSong", "", "この曲は何\n今流れている曲のタイトルを教えて\n誰の歌"),
        intent("SleepTimer", "time:CLOVA.DURATION", "<time>30分</time>後に止めて\n<time>一時間</time>たったら音楽を消して"),
    ],
    [
        slot_type("ARTIST", "米津玄師|ヨネヅケンシ\nあいみょん\nYOASOBI|ヨアソビ\nOfficial髭男dism|ヒゲダン\n宇多田ヒカル\nback number|バックナンバー"),
        slot_type("SONG", "レモン|Lemon\n夜に駆ける\nマリーゴールド\nプリテンダー|Pretender\nファーストラブ|First Love\n花束"),
        slot_type("GENRE", "ジャズ\nクラシック\nロック\nポップス|J-POP\n演歌\nヒップホップ\nアニソン|アニメソング"),
    ],
)  # fmt: skip

SCHEDULE_JA = model(
    "ja", (*TALK, "Fallback"),
    [
        intent("AddEvent", "title:EVENT when:CLOVA.DATETIME", """
<when>明日の午後三時</when>に<title>会議</title>を追加して
<when>金曜日</when>に<title>歯医者</title>の予定を入れて
<title>飲み会</title>を<when>来週の月曜日</when>に登録して
予定を追加して
"""),
        intent("ListEvents", "when:CLOVA.DATETIME", """
<when>今日</when>の予定を教えて
<when>明日</when>は何があるの
<when>今週</when>のスケジュールを見せて
予定は何
"""),
        intent("DeleteEvent", "title:EVENT when:CLOVA.DATETIME", """
<when>明日</when>の<title>会議</title>を削除して
<title>歯医者</title>をキャンセルして
<when>金曜日</when>の予定を消して
"""),
        intent("MoveEvent", "title:EVENT from:CLOVA.DATETIME to:CLOVA.DATETIME", """
<title>会議</title>を<to>四時</to>に変更して
<from>明日</from>の<title>会議</title>を<to>明後日</to>にずらして
"""),
        intent("WhenIs", "title:EVENT", "<title>会議</title>はいつ\n<title>歯医者</title>は何時から"),
        intent("FreeTime", "when:CLOVA.DATETIME", "<when>明日の午後</when>は空いてる\n<when>金曜日の夜</when>は暇"),
    ],
    [slot_type("EVENT", "会議|ミーティング\n歯医者|歯科\n飲み会\n誕生日会|誕生日パーティー\n面接\n旅行\nジム\n美容院|美容室\nランチ")],
)  # fmt: skip

MODELS = {
    "pizza-ko": PIZZA_KO, "music-ko": MUSIC_KO, "schedule-ko": SCHEDULE_KO,
    "pizza-ja": PIZZA_JA, "music-ja": MUSIC_JA, "schedule-ja": SCHEDULE_JA,
}  # fmt: skip

# An utterance, the intent without Clova. and Intent for built-in ones, and name=value for each slot.
PHRASES = {
    "pizza-ko": """
고구마 피자 두 판 내일 저녁 일곱 시까지 갖다 줘 > OrderPizza pizzaType=고구마 pizzaAmount=2 when=2026-11-21T19:00:00+09:00
감자 피자 하나만 부탁해요 > OrderPizza pizzaType=포테이토 pizzaAmount=1
저기 하와이안 세 판 보내 주실래요 > OrderPizza pizzaType=하와이안 pizzaAmount=3
파인애플 피자 라지 사이즈 한 판이요 > OrderPizza pizzaType=하와이안 pizzaSize=라지 pizzaAmount=1
슈프림이 먹고 싶은데 시킬 수 있을까 > OrderPizza pizzaType=슈퍼 슈프림
음 콤비 피자 다섯판 시킬게요 > OrderPizza pizzaType=콤비네이션 pizzaAmount=5
마르게리따 피자 작은 거로 두 개 주세요 > OrderPizza pizzaType=마르게리타 pizzaSize=스몰 pizzaAmount=2
모레 오후 여섯 시 반까지 불고기피자 네 판 배달 부탁드립니다 > OrderPizza when=2026-11-22T18:30:00+09:00 pizzaType=불고기 pizzaAmount=4
페파로니로 3판 > OrderPizza pizzaType=페퍼로니 pizzaAmount=3
피자 한 판 시키고 싶어요 > OrderPizza pizzaAmount=1
오늘은 고구마 피자로 할래 > OrderPizza pizzaType=고구마
치즈피자 열두 판을 토요일 정오에 받고 싶습니다 > OrderPizza pizzaType=치즈 pizzaAmount=12 when=2026-11-21T12:00:00+09:00
저녁 8시에 포테이토 피자 패밀리로 하나 갖다 주세요 > OrderPizza when=20:00:00 pizzaType=포테이토 pizzaSize=패밀리 pizzaAmount=1
패퍼로니 피자 한판 주문 > OrderPizza pizzaType=페퍼로니 pizzaAmount=1
불고기 피자 먹을래 > OrderPizza pizzaType=불고기
두 판만 시켜 주라 페퍼로니로 > OrderPizza pizzaAmount=2 pizzaType=페퍼로니
제로콜라 세 캔 추가 > OrderDrink drink=제로콜라 drinkAmount=3
환타도 두 병 넣어 줘 > OrderDrink drink=환타 drinkAmount=2
마실 건 코크로 할게요 > OrderDrink drink=콜라
콜라 1.5리터 말고 생수 하나 줘 > OrderDrink drink=생수 drinkAmount=1
스프라이트 한 병도 같이 갖다 주세요 > OrderDrink drink=사이다 drinkAmount=1
메뉴에 뭐가 있는지 말해 줄래 > AskMenu
피자 뭐뭐 있어요 > AskMenu
어떤 종류를 파는지 알고 싶어 > AskMenu
메뉴 좀 읽어 봐 > AskMenu
고를 수 있는 피자가 뭐지 > AskMenu
고구마 피자는 얼마 정도 해요 > AskPrice pizzaType=고구마
하와이안 가격이 궁금해 > AskPrice pizzaType=하와이안
콤비네이션 패밀리 사이즈는 얼마나 하나요 > AskPrice pizzaType=콤비네이션 pizzaSize=패밀리
마르게리타 값 좀 알려 주세요 > AskPrice pizzaType=마르게리타
슈퍼슈프림 레귤러 얼마죠 > AskPrice pizzaType=슈퍼 슈프림 pizzaSize=레귤러
피자 언제쯤 도착해 > OrderStatus
배달 출발했는지 확인해 줘 > OrderStatus
내가 주문한 거 지금 어디야 > OrderStatus
얼마나 더 기다려야 돼 > OrderStatus
주문한 피자 취소하고 싶어요 > CancelOrder
방금 주문 취소 부탁해 > CancelOrder
피자 시킨 거 없던 일로 해 주세요 > CancelOrder
사이즈를 패밀리로 변경해 주시겠어요 > ChangeSize pizzaSize=패밀리
스몰 사이즈로 바꿀래 > ChangeSize pizzaSize=스몰
큰 거로 바꿔 주세요 > ChangeSize pizzaSize=라지
네 좋아요 > Yes
아니요 괜찮아요 > No
뭘 할 수 있는지 알려 줘 > Guide
오늘 날씨 어때 > Guide
비행기 표 예매해 줘 > Guide
""",
    "music-ko": """
뉴진스 노래 들려줘 > PlaySong artist=뉴진스
블핑 음악 좀 틀어 볼래 > PlaySong artist=블랙핑크
좋은 날 듣고 싶은데 > PlaySong song=좋은 날
임영웅 거 아무거나 틀어 줘 > PlaySong artist=임영웅
폴킴의 모든 날 모든 순간 재생 부탁해 > PlaySong artist=폴킴 song=모든 날 모든 순간
사건의 지평선 한번 들어 보자 > PlaySong song=사건의 지평선
뉴진스 하입보이 틀어 > PlaySong artist=뉴진스 song=하입 보이
BTS 봄날 들을래 > PlaySong artist=방탄소년단 song=봄날
음 태연 노래로 부탁할게 > PlaySong artist=태연
악동뮤지션이 부른 어떻게 이별까지 사랑하겠어 들려 주세요 > PlaySong artist=악뮤 song=어떻게 이별까지 사랑하겠어
잔나비 노래 틀어 줘 > PlaySong artist=잔나비
다이나마이트 틀어 줘 > PlaySong song=다이너마이트
힙합 좀 틀어 주세요 > PlayGenre genre=힙합
오늘은 트로트가 듣고 싶네 > PlayGenre genre=트로트
조용한 클래식 음악으로 부탁해 > PlayGenre genre=클래식
락 음악 재생해 > PlayGenre genre=록
동요 들려줄래 > PlayGenre genre=동요
소리 팔로 맞춰 줄래 > SetVolume level=8
볼륨을 12로 설정해 줘 > SetVolume level=12
음량 삼으로 부탁해요 > SetVolume level=3
볼륨 십오로 올려 줘 > SetVolume level=15
소리가 너무 작아 > VolumeUp
조금만 더 크게 틀어 줘 > VolumeUp
볼륨 높여 주세요 > VolumeUp
음량을 키워 줄래 > VolumeUp
너무 시끄러워 소리 낮춰 줘 > VolumeDown
볼륨 살짝 줄여 주세요 > VolumeDown
음악 소리 작게 부탁해 > VolumeDown
이 곡 제목 알려 줘 > WhatSong
지금 이거 누구 노래지 > WhatSong
방금 나온 노래 이름이 뭐였어 > WhatSong
이 곡 부른 가수가 누구야 > WhatSong
이 노래 즐겨찾기 해 줘 > LikeSong
이 곡 진짜 좋다 좋아요 눌러 줘 > LikeSong
사십오 분 있다가 음악 꺼 주세요 > SleepTimer time=PT45M
두 시간 반 뒤에 종료해 줘 > SleepTimer time=PT2H30M
10분 후에 꺼 줄래 > SleepTimer time=PT10M
노래 순서 섞어 줘 > Shuffle
무작위로 틀어 줄래 > Shuffle
다음 노래로 넘어가 > Next
이 노래 말고 다음 거 들려줘 > Next
아까 그 곡 다시 들려줘 > Previous
이전 노래로 돌아가 줄래 > Previous
음악 잠시만 멈춰 줄래 > Pause
잠깐 정지해 봐 > Pause
아까 듣던 거 이어서 들려줘 > Resume
계속해서 재생해 줄래 > Resume
이제 음악 그만 틀어 > Stop
노래 끄고 싶어 > Stop
이거 말고 딴 노래 듣고 싶어 > RequestAlternatives
다른 곡으로 바꿔 줄래 > RequestAlternatives
""",
    "schedule-ko": """
다음 주 수요일 오전 열 시에 미팅 잡아 줄래 > AddEvent when=2026-11-25T10:00:00+09:00 title=회의
12월 24일 저녁 7시 콘서트 일정 등록 부탁해 > AddEvent when=2026-12-24T19:00:00+09:00 title=공연
모레 세 시 반에 면접 있다고 적어 줘 > AddEvent when=2026-11-22T03:30:00+09:00 title=면접
토요일에 운동 추가해 주세요 > AddEvent when=2026-11-21 title=운동
내일모레 치과 예약 넣어 줘 > AddEvent when=2026-11-22 title=치과
새 일정 하나 등록하고 싶어 > AddEvent
화요일 오후 두 시에 세미나 스케줄 넣어 줄래요 > AddEvent when=2026-11-24T14:00:00+09:00 title=세미나
영화 일요일 저녁 여섯 시로 추가 > AddEvent title=영화 when=2026-11-22T18:00:00+09:00
내일 아침 아홉 시 헬스 등록 > AddEvent when=2026-11-21T09:00:00+09:00 title=운동
12월 1일부터 3일까지 여행 일정 추가해 줘 > AddEvent when=2026-12-01/2026-12-03 title=여행
글피에 결혼식 일정 추가해 줘 > AddEvent when=2026-11-23 title=결혼식
오늘 스케줄 뭐뭐 있는지 말해 줘 > ListEvents when=2026-11-20
모레 약속 있나요 > ListEvents when=2026-11-22
다음 주 일정 쭉 읽어 줘 > ListEvents when=2026-11-23/2026-11-29
내일 할 일이 뭐지 > ListEvents when=2026-11-21
이번 달 일정 확인하고 싶어 > ListEvents when=2026-11-01/2026-11-30
이번주 금요일 스케줄 알려 주시겠어요 > ListEvents when=2026-11-20
내 스케줄 좀 보여 줄래 > ListEvents
내일 미팅 지워 줘 > DeleteEvent when=2026-11-21 title=회의
토요일 콘서트 취소 부탁드려요 > DeleteEvent when=2026-11-21 title=공연
저녁 약속 없애 줘 > DeleteEvent title=저녁 약속
모레 일정 전부 삭제해 주세요 > DeleteEvent when=2026-11-22
면접 일정 빼 줄래 > DeleteEvent title=면접
세미나를 다섯 시로 변경해 줘 > MoveEvent title=세미나 to=05:00:00
오늘 미팅을 다음 주 월요일로 연기해 줘 > MoveEvent from=2026-11-20 title=회의 to=2026-11-23
수요일 면접 목요일로 옮겨 줄래요 > MoveEvent from=2026-11-25 title=면접 to=2026-11-26
치과 예약 오후 네 시로 바꾸고 싶어 > MoveEvent title=치과 to=16:00:00
여행이 언제지 > WhenIs title=여행
면접 몇 시에 있어 > WhenIs title=면접
콘서트 날짜가 며칠이더라 > WhenIs title=공연
세미나 언제 하는지 알려 줘 > WhenIs title=세미나
목요일 오전에 시간 괜찮아 > FreeTime when=2026-11-26T00:00:00+09:00/2026-11-26T12:00:00+09:00
내일 저녁에 비어 있어 > FreeTime when=2026-11-21T18:00:00+09:00/2026-11-21T21:00:00+09:00
다음 주 화요일에 나 한가한가 > FreeTime when=2026-11-24
주말에 여유 있니 > FreeTime when=2026-11-21/2026-11-22
면접 삼십 분 전에 알림 설정해 줘 > SetReminder title=면접 before=PT30M
여행 하루 전에 알려 줄래 > SetReminder title=여행 before=P1D
병원 두 시간 전에 미리 알려 주세요 > SetReminder title=병원 예약 before=PT2H
응 맞아 > Yes
그건 아닌 것 같아 > No
피자 한 판 시켜 줘 > Fallback
불 좀 꺼 > Fallback
""",
    "pizza-ja": """
ハワイアンを三枚頼みたいんだけど > OrderPizza pizzaType=ハワイアン pizzaAmount=3
えっと、ペパロニピザを1枚お願いできますか > OrderPizza pizzaType=ペパロニ pizzaAmount=1
海鮮ピザのLサイズを二枚届けてくれる？ > OrderPizza pizzaType=シーフード pizzaSize=Lサイズ pizzaAmount=2
明日の夜8時にてりやき四枚持ってきて > OrderPizza when=2026-11-21T20:00:00+09:00 pizzaType=照り焼きチキン pizzaAmount=4
コーンマヨが食べたい > OrderPizza pizzaType=コーンマヨ
マルガリータ十枚くださいませんか > OrderPizza pizzaType=マルゲリータ pizzaAmount=10
クワトロフォルマッジ、Mサイズで一枚ほしいです > OrderPizza pizzaType=クワトロフォルマッジ pizzaSize=Mサイズ pizzaAmount=1
ピザ頼んでもいい？ > OrderPizza
マルゲリタを2枚注文お願いします > OrderPizza pizzaType=マルゲリータ pizzaAmount=2
メニューを見せてください > AskMenu
あの、どんな種類のピザがありますか > AskMenu
何ピザがあるか知りたい > AskMenu
ペパロニの値段はいくらですか > AskPrice pizzaType=ペパロニ
ハワイアンのLサイズっていくらするの > AskPrice pizzaType=ハワイアン pizzaSize=Lサイズ
コーンマヨはおいくら > AskPrice pizzaType=コーンマヨ
ピザはあと何分で来ますか > OrderStatus
注文したものは今どこですか > OrderStatus
配達はまだ？ > OrderStatus
やっぱり注文をキャンセルしたいです > CancelOrder
注文取り消しお願いします > CancelOrder
はい、お願いします > Yes
いや、いらないです > No
何ができるか教えて > Guide
明日の天気は？ > Guide
""",
    "music-ja": """
あいみょんの曲を流してください > PlaySong artist=あいみょん
マリーゴールドを聴かせて > PlaySong song=マリーゴールド
ヨアソビの夜に駆けるをかけてくれる？ > PlaySong artist=YOASOBI song=夜に駆ける
宇多田ヒカルの歌が聞きたいな > PlaySong artist=宇多田ヒカル
ヒゲダンのプリテンダーお願い > PlaySong artist=Official髭男dism song=プリテンダー
星野源の曲をかけて > PlaySong artist=星野源
演歌をかけてほしい > PlayGenre genre=演歌
えっと、アニソン流してくれる > PlayGenre genre=アニソン
ヒップホップが聞きたいです > PlayGenre genre=ヒップホップ
ボリュームを8にしてください > SetVolume level=8
音量十でお願いします > SetVolume level=10
もうちょっと音を大きくしてくれる > VolumeUp
ボリューム上げてください > VolumeUp
音がうるさいから小さくして > VolumeDown
ボリュームを少し下げてほしい > VolumeDown
今かかってる曲は何ていうの > WhatSong
これ誰が歌ってるの > WhatSong
曲名を教えて > WhatSong
45分後に音楽を止めてください > SleepTimer time=PT45M
2時間たったら消してくれる > SleepTimer time=PT2H
次の曲にしてください > Next
この曲は飛ばしてくれる > Next
さっきの曲に戻ってください > Previous
ちょっと音楽止めてくれる > Pause
続きを聞かせて > Resume
""",
    "schedule-ja": """
来週の水曜日の午前十時にミーティングを入れてください > AddEvent when=2026-11-25T10:00:00+09:00 title=会議
12月24日の夜7時に誕生日パーティーの予定を登録してほしい > AddEvent when=2026-12-24T19:00:00+09:00 title=誕生日会
明後日の面接を追加してくれる > AddEvent when=2026-11-22 title=面接
土曜日にジムって入れといて > AddEvent when=2026-11-21 title=ジム
新しい予定を登録したい > AddEvent
美容院を日曜の午後2時半に追加お願いします > AddEvent title=美容院 when=2026-11-22T14:30:00+09:00
明後日の予定は何かありますか > ListEvents when=2026-11-22
来週のスケジュールを教えてください > ListEvents when=2026-11-23/2026-11-29
今日は何か予定あったっけ > ListEvents when=2026-11-20
スケジュールを確認したい > ListEvents
土曜日のジムを消してください > DeleteEvent when=2026-11-21 title=ジム
旅行の予定を取り消してくれる > DeleteEvent title=旅行
明日のランチをキャンセルしたい > DeleteEvent when=2026-11-21 title=ランチ
面接を五時に変えてください > MoveEvent title=面接 to=05:00:00
今日の飲み会を金曜日に延期して > MoveEvent from=2026-11-20 title=飲み会 to=2026-11-20
土曜日のランチを日曜日に移してくれる > MoveEvent from=2026-11-21 title=ランチ to=2026-11-22
旅行っていつだっけ > WhenIs title=旅行
面接は何時ですか > WhenIs title=面接
木曜日の夜って空いてますか > FreeTime when=2026-11-26T18:00:00+09:00/2026-11-27T00:00:00+09:00
来週の火曜日は暇かな > FreeTime when=2026-11-24
うん、そうだよ > Yes
いいえ、違います > No
ピザを一枚ください > Fallback
""",
}  # fmt: skip


# Phrases that were written after the code.
LATER = {
    "pizza-ko": """
포테이토 피자 레귤러 사이즈로 두 판 보내 주시면 돼요 > OrderPizza pizzaType=포테이토 pizzaSize=레귤러 pizzaAmount=2
슈퍼 슈프림 큰 거 하나랑 > OrderPizza pizzaType=슈퍼 슈프림 pizzaSize=라지 pizzaAmount=1
세 시간 뒤에 콤비네이션 네 판 배달 가능해 > OrderPizza when=2026-11-20T13:00:00+09:00 pizzaType=콤비네이션 pizzaAmount=4
금요일 저녁 여섯 시에 치즈 피자 다섯 판 예약할게요 > OrderPizza when=2026-11-20T18:00:00+09:00 pizzaType=치즈 pizzaAmount=5
나 불고기 피자 두 개만 > OrderPizza pizzaType=불고기 pizzaAmount=2
마르게리타로 할게요 > OrderPizza pizzaType=마르게리타
소불고기 한 판 얼른 가져다줘 > OrderPizza pizzaType=불고기 pizzaAmount=1
하와이안 피자가 땡기네 > OrderPizza pizzaType=하와이안
물 두 병만 더 주세요 > OrderDrink drink=생수 drinkAmount=2
사이다 말고 환타로 주세요 > OrderDrink drink=환타
콜라도 하나 같이요 > OrderDrink drink=콜라 drinkAmount=1
거기 무슨 피자들 있어요 > AskMenu
파는 피자 좀 알려 줄 수 있어 > AskMenu
포테이토 라지 한 판 가격이 어떻게 돼요 > AskPrice pizzaType=포테이토 pizzaSize=라지
불고기 피자 얼마에 팔아 > AskPrice pizzaType=불고기
주문한 지 한참 됐는데 왜 안 와 > OrderStatus
내 주문 지금 어떻게 되고 있어 > OrderStatus
배달 몇 분 남았어 > OrderStatus
주문 안 할래 취소해 > CancelOrder
시킨 거 다 취소해 주실 수 있나요 > CancelOrder
라지 말고 레귤러로 바꿔 줄 수 있어요 > ChangeSize pizzaSize=레귤러
응 그걸로 해 줘 > Yes
아니 됐어요 > No
""",
    "music-ko": """
임영웅 신곡 있으면 틀어 봐 > PlaySong artist=임영웅
IU 좋은날 플레이해 줘 > PlaySong artist=아이유 song=좋은 날
방탄의 다이너마이트를 들어 볼까 > PlaySong artist=방탄소년단 song=다이너마이트
봄날이라는 곡 찾아서 틀어 줘 > PlaySong song=봄날
악뮤 목소리 듣고 싶다 > PlaySong artist=악뮤
뉴진스 거로 틀어 줄 수 있을까 > PlaySong artist=뉴진스
랩 음악 들을까 > PlayGenre genre=힙합
뽕짝 한 곡 틀어라 > PlayGenre genre=트로트
애들 들을 동요 좀 > PlayGenre genre=동요
소리 크기를 이십으로 맞춰 > SetVolume level=20
볼륨 7 > SetVolume level=7
잘 안 들려 소리 키워 줄래 > VolumeUp
볼륨 업 > VolumeUp
좀 조용히 해 줘 > VolumeDown
소리가 커서 좀 낮춰 줘 > VolumeDown
노래 제목이 궁금해 > WhatSong
지금 부르는 사람이 누구야 > WhatSong
이 노래 너무 좋다 저장해 둬 > LikeSong
한 시간 반 뒤에 음악 꺼지게 해 줘 > SleepTimer time=PT1H30M
오 분만 더 듣고 끌게 > SleepTimer time=PT5M
순서 상관없이 랜덤 재생 > Shuffle
이 곡은 넘어가자 > Next
직전에 나온 노래 틀어 줘 > Previous
음악 일시 정지 부탁해 > Pause
멈췄던 거 다시 재생해 줘 > Resume
""",
    "schedule-ko": """
다음 주 금요일 저녁 7시 저녁 식사 약속 잡아 줘 > AddEvent when=2026-11-27T19:00:00+09:00 title=저녁 약속
내일 두 시에 병원 가야 되니까 등록해 줘 > AddEvent when=2026-11-21T02:00:00+09:00 title=병원 예약
사흘 뒤에 면접 있어 추가해 줄래 > AddEvent when=2026-11-23 title=면접
일요일 오전 열한 시 영화 관람 넣어 줘 > AddEvent when=2026-11-22T11:00:00+09:00 title=영화
내일 무슨 일 있지 > ListEvents when=2026-11-21
화요일 스케줄 좀 읽어 줄래 > ListEvents when=2026-11-24
12월 25일에 잡힌 약속 있어 > ListEvents when=2026-12-25
이번 주 남은 일정이 뭐가 있나 > ListEvents when=2026-11-16/2026-11-22
월요일 세미나 안 가니까 지워 줘 > DeleteEvent when=2026-11-23 title=세미나
내일 헬스 취소할게 > DeleteEvent when=2026-11-21 title=운동
생일 파티 일정 삭제 좀 > DeleteEvent title=생일 파티
영화를 토요일로 미룰래 > MoveEvent title=영화 to=2026-11-21
내일 면접을 모레로 옮길 수 있어 > MoveEvent from=2026-11-21 title=면접 to=2026-11-22
미팅 시간 세 시 반으로 수정해 > MoveEvent title=회의 to=03:30:00
내 면접 날짜 언제였지 > WhenIs title=면접
공연 몇 시에 시작해 > WhenIs title=공연
모레 오후에 나 바빠 > FreeTime when=2026-11-22T12:00:00+09:00/2026-11-23T00:00:00+09:00
수요일 저녁 비어 있는지 봐 줘 > FreeTime when=2026-11-25T18:00:00+09:00/2026-11-25T21:00:00+09:00
영화 이십 분 전에 알람 줘 > SetReminder title=영화 before=PT20M
면접 이틀 전에 미리 알려 줘 > SetReminder title=면접 before=P2D
""",
    "pizza-ja": """
照り焼きチキンを五枚持ってきてください > OrderPizza pizzaType=照り焼きチキン pizzaAmount=5
パイナップルのピザ、Sサイズで二枚 > OrderPizza pizzaType=ハワイアン pizzaSize=Sサイズ pizzaAmount=2
今夜七時半にペパロニを三枚届けてほしい > OrderPizza when=2026-11-20T19:30:00+09:00 pizzaType=ペパロニ pizzaAmount=3
四種のチーズでお願いします > OrderPizza pizzaType=クワトロフォルマッジ
取り扱ってるピザを教えてもらえますか > AskMenu
てりやきはいくらですか > AskPrice pizzaType=照り焼きチキン
頼んだピザまだ届かないの > OrderStatus
注文やっぱりやめます > CancelOrder
""",
    "music-ja": """
バックナンバーの花束が聴きたいです > PlaySong artist=back number song=花束
ファーストラブかけてもらえる > PlaySong song=ファーストラブ
米津玄師聴きたいな > PlaySong artist=米津玄師
ポップスを流してくれない > PlayGenre genre=ポップス
音量を十二まで上げて > SetVolume level=12
音がちょっと小さいから上げてほしい > VolumeUp
少し静かにして > VolumeDown
これ何ていう曲 > WhatSong
一時間半後に止めてくれる > SleepTimer time=PT1H30M
この曲スキップで > Next
ひとつ前の曲をお願い > Previous
再生を再開してください > Resume
""",
    "schedule-ja": """
明日の夕方五時にランチの予定を入れてください > AddEvent when=2026-11-21T17:00:00+09:00 title=ランチ
再来週の木曜日、美容室を登録して > AddEvent when=2026-12-03 title=美容院
日曜日の予定って何だっけ > ListEvents when=2026-11-22
来月のスケジュールを知りたい > ListEvents when=2026-12-01/2026-12-31
明日の面接の予定を消してもらえますか > DeleteEvent when=2026-11-21 title=面接
会議を来週の火曜日に移動して > MoveEvent title=会議 to=2026-11-24
旅行は何日からですか > WhenIs title=旅行
土曜日の午後は忙しいかな > FreeTime when=2026-11-21T12:00:00+09:00/2026-11-22T00:00:00+09:00
""",
}  # fmt: skip


def cases(name):
    for line in (PHRASES[name].strip() + LATER[name].rstrip()).split("\n"):
        utterance, _, wanted = line.partition(" > ")
        wanted_intent, *pairs = re.split(r" (?=\w+=)", wanted)
        yield utterance, wanted_intent, dict(pair.split("=", 1) for pair in pairs)


def judge(name):
    """Count the intents and slot values that are right, and list what is not."""
    understander = Understander(MODELS[name])
    intents = slots = said = right = 0
    errors = []
    for utterance, wanted, values in cases(name):
        result = understander.understand(utterance, now=NOW)
        got = result.intent.removeprefix("Clova.").removesuffix("Intent")
        filled = {key: slot.value for key, slot in result.slots.items()}
        intents, said, slots = intents + 1, said + (got == wanted), slots + len(values)
        right += sum(filled.get(key) == value for key, value in values.items())
        if got != wanted or filled != values:
            errors.append(
                f"{utterance}: {got} {filled} {result.confidence}, not {wanted} {values}; {result.why}"
            )
    return said, intents, right, slots, errors


@pytest.mark.parametrize("name", list(MODELS))
def test_paraphrases_are_understood(name):
    pytest.importorskip("rapidfuzz")
    said, intents, right, slots, errors = judge(name)
    assert said >= 0.9 * intents, "\n".join(errors)
    assert right >= 0.9 * slots, "\n".join(errors)
