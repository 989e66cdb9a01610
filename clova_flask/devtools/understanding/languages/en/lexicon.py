"""What English words of command mean, and the words that mean nothing by themselves."""

from __future__ import annotations

MEANINGS: dict[str, str] = {
    "order": "^order ^get ^buy ^deliver ^bring ^send ^purchase ^delivery ^want ^like",
    "play": "^play ^listen ^hear ^puton",
    "stop": "^stop ^end ^quit ^turnoff ^finish ^exit",
    "pause": "^pause ^hold",
    "resume": "^resume ^continue ^keepplaying ^goon ^unpause",
    "next": "^nextsong ^nexttrack ^skip",
    "previous": "^previous ^goback ^before ^lastsong",
    "cancel": "^cancel ^forgetit ^nevermind ^calloff",
    "delete": "^delete ^remove ^erase ^clear ^without ^drop",
    "add": "^add ^create ^make ^schedule ^set ^put ^setup ^book ^save",
    "change": "^change ^modify ^switch ^replace ^instead ^swap",
    "move": "^move ^postpone ^reschedule ^delay ^push",
    "tell": "^tell ^show ^read ^list ^check ^see ^know ^display",
    "what": "^what ^which ^whats",
    "who": "^who ^whos",
    "when": "^when ^whattime",
    "where": "^where ^wheres",
    "price": "^howmuch ^price ^cost ^total",
    "howlong": "^howlong ^arrive ^take",
    "recommend": "^recommend ^suggest ^popular ^best ^suggestion",
    "volume": "^volume ^sound",
    "up": "^up ^louder ^raise ^increase ^loud",
    "down": "^down ^quieter ^lower ^decrease ^softer ^quiet",
    "repeat": "^repeat ^loop ^again",
    "shuffle": "^shuffle ^random ^mix",
    "status": "^status ^coming ^arrived ^state",
    "help": "^help ^guide",
    "remind": "^remind ^reminder ^alarm",
    "other": "^another ^other ^else ^different",
    "not": "^dont ^not ^no",
}

FUNCTION: str = (
    "please can could would will you i we me my the a an to for of and or is are was be been do does did "
    "it that this id im ill lets let us some any with on in at by from until s t d ll m re um uh er hmm "
    "well hey hi so just like now there have has want wanna gonna going would like okay then kindly thanks "
    "thank your our their his her"
)

EXPRESSIONS: dict[str, str] = {
    "Clova.YesIntent": (
        "yes|yeah|yep|sure|ok|okay|of course|right|that's right|correct|yes please|please do|go ahead|"
        "sounds good"
    ),
    "Clova.NoIntent": "no|nope|no thanks|not now|no thank you|that's wrong|don't|nah|wrong|not really",
    "Clova.CancelIntent": "cancel|cancel it|cancel that|never mind|forget it|cancel everything",
    "Clova.GuideIntent": ("help|help me|what can you do|how do I use this|how does this work|what can I say"),
    "Clova.NextIntent": "next|next song|skip|skip this song|play the next one|next track|skip this",
    "Clova.PreviousIntent": "previous|previous song|go back|play the last one again|previous track|back",
    "Clova.PauseIntent": "pause|pause the music|hold on|pause this|wait a moment",
    "Clova.ResumeIntent": "resume|continue|keep playing|go on|continue playing|resume the music",
    "Clova.StopIntent": (
        "stop|stop playing|turn it off|stop the music|quit|that's enough|turn off the music"
    ),
    "Clova.RequestAlternativesIntent": (
        "something else|play something else|another one|a different song|other songs|different one"
    ),
}
