"""What the extraction finds in a sentence: one line each, the figures as a person would note them.

"nothing": no number in the sentence is a figure. Add a sentence beside the family it belongs to.
"""

from __future__ import annotations

import pytest

from tracker.model import Article, Figure, Qualifier
from tracker.reader import Reader, load_reader

SENTENCES = r"""
killing 25 people, including five children | 25 killed; 5 killed
The strike killed 25, including five children and two women. | 25 killed; 5 killed; 2 killed
Officials confirmed the deaths of 12 hostages. | 12 killed
The war has produced a death toll of 60,000. | 60,000 killed
The massacre of 49 recruits. | 49 killed
Rescuers recovered the bodies of 12 soldiers. | 12 killed
Bombs kill 18; 203 hurt | 18 killed; 203 injured
46 killed, 270 injured in quake | 46 killed; 270 injured
The blast left 12 dead and 30 wounded. | 12 killed; 30 injured
The siege claimed 300 lives. | 300 killed
The conflict has claimed more than 9,100 lives. | more than 9,100 killed
The army lost 40 men in the battle. | 40 killed
The movement said it had 12 martyrs. | 12 killed
Troops shot dead six protesters. | 6 killed
The shooting took the toll to 62. | 62 killed
The death toll rose to 9,100. | 9,100 killed
Gaza death toll tops 20000 | more than 20,000 killed
Syria death toll passes 2000 | more than 2,000 killed
death toll in gaza rises above 15,000 | more than 15,000 killed
Two soldiers and a civilian were killed. | 2 killed; 1 killed
The raid killed 12 and wounded 30. | 12 killed; 30 injured
three dead, 14 wounded, five missing | 3 killed; 14 injured; 5 missing
Another 70 were wounded. | 70 injured
Four of them died later. | 4 killed
The other two were wounded. | 2 injured
Some 1.2 million people have been displaced. | about 1,200,000 displaced
More than 9.1k people were killed. | more than 9,100 killed
Half a million people were killed in the war. | 500,000 killed
Two dozen people were injured. | 24 injured
A dozen people were killed. | 12 killed
Both men were killed. | 2 killed
Between 100 and 150 people were killed. | 100 to 150 killed
20 to 30 people were killed. | 20 to 30 killed
20-30 people died. | 20 to 30 killed
25 or 26 people were killed. | 25 to 26 killed
30 or more people were killed. | at least 30 killed
9,100-plus people have been killed. | more than 9,100 killed
No fewer than 40 people were killed. | at least 40 killed
Upwards of 50 people were hurt. | more than 50 injured
As many as 70 people were feared to have been killed. | nothing
As many as 70 people were killed. | up to 70 killed
An estimated 3,000 people were killed. | about 3,000 killed
Nearly 200 people were killed. | about 200 killed
Dozens of civilians were killed and scores wounded. | vague killed; vague injured
Hundreds of thousands of people have been displaced. | vague displaced
Several people were injured. | vague injured
A handful of people were hurt. | vague injured
A number of civilians were wounded. | vague injured
Countless people have died. | vague killed
There were no casualties. | 0 casualties
No casualties were reported. | 0 casualties
Nobody was hurt. | 0 injured
No one was killed. | 0 killed
The plane landed without loss of life. | nothing
It brought the toll to a 25th victim. | 25 killed
raising the number of dead to 25. | 25 killed
The 25-year-old was killed. | nothing
He was born in 1984 and killed in 2012. | nothing
The bomb destroyed 12 houses and killed 3 people. | 3 killed
Two bombs killed five people. | 5 killed
Three gunmen killed 12 people. | 12 killed
They fired 20 rockets and killed 12. | 12 killed
The attack could kill 10,000 people. | nothing
The group threatened to kill 12 hostages. | 12 abducted
He denied that 30 people were killed. | nothing
The group planned to kill six judges. | nothing
Lawmakers killed the bill 60 to 40. | nothing
The race ended in a dead heat after 200 votes. | nothing
John Smith was killed on Monday. | nothing
A suicide bomber killed 12 people. | 12 killed
Police arrested 34 people. | 34 detained
The army captured 12 villages. | nothing
The army captured 12 fighters. | 12 detained
Gunmen kidnapped three aid workers. | 3 abducted
Thirty people were taken hostage. | 30 abducted
The rebels took 30 people hostage. | 30 abducted
More than 4 million people have fled their homes. | more than 4,000,000 displaced
The fighting forced 12,000 people to flee. | 12,000 displaced
Some 300,000 refugees have crossed the border. | about 300,000 displaced
The floods made 5,000 families homeless. | nothing
Seventy-five people remain missing. | 75 missing
Fifty people are unaccounted for. | 50 missing
The ministry put the number of dead at 1,234. | 1,234 killed
The number of people killed has risen to 340. | 340 killed
Casualties now exceed 100,000. | more than 100,000 casualties
Russia has suffered 790,000 casualties. | 790,000 casualties
The army suffered 12 casualties. | 12 casualties
At least 12 people, among them four children, died. | at least 12 killed; 4 killed
At least 1,200 people – mostly civilians – were killed. | at least 1,200 killed
Fifteen people, some of them children, were killed, and 40 others were injured. | 15 killed; vague killed; 40 injured
Israel kills 5 Palestinians in Gaza | 5 killed
5 Palestinians killed by Israeli fire | 5 killed
Gunman kills four, injures seven at mosque | 4 killed; 7 injured
Seven dead as ferry sinks | 7 killed
Toll in train crash climbs to 87 | 87 killed
Suicide attack death toll hits 31 | 31 killed
The earthquake death toll stood at 2,300 with 4,500 injured. | 2,300 killed; 4,500 injured
killed at least 13 and possibly 15 people | 13 to 15 killed
The dead included 11 women. | 11 killed
Among those killed were two journalists. | 2 killed
Twelve of the wounded are in critical condition. | 12 injured
Of the 40 killed, 12 were children. | 40 killed; 12 killed
40 people were killed, 12 of them children. | 40 killed; 12 killed
40 people, 12 of whom were children, were killed. | 40 killed; 12 killed
The ministry said 21,000 had been killed and 54,000 wounded. | 21,000 killed; 54,000 injured
In total 340 people lost their lives. | 340 killed
Militants beheaded two soldiers. | 2 killed
Ten protesters were shot dead. | 10 killed
The mortar attack wounded a child. | 1 injured
A soldier was killed and another wounded. | 1 killed; 1 injured
A policeman and two civilians died. | 1 killed; 2 killed
One person was killed and three were hurt. | 1 killed; 3 injured
One soldier died. | 1 killed
Police said one of the attackers was also killed. | 1 killed
An explosion killed one and injured 12. | 1 killed; 12 injured
The accident killed a family of five. | 5 killed
The 2012 war killed 170 people in Gaza. | 170 killed
Some civilians were killed. | vague killed
Many were wounded. | vague injured
More than a hundred people were killed. | more than 100 killed
Over one hundred and twenty people were injured. | more than 120 injured
The group says it has killed 1 200 soldiers. | 1,200 killed
It says 9 100 people have been killed. | 9,100 killed
It says 9.100 people were killed. | 9,100 killed
It says 9'100 people were killed. | 9,100 killed
Ukraine's General Staff said Russia had lost 1,200 troops over the past day. | 1,200 killed
Russian losses reached 790,000 personnel. | 790,000 casualties
The General Staff put Russian combat losses at about 86,000 troops. | about 86,000 casualties
The ministry recorded 56 deaths and 120 injuries. | 56 killed; 120 injured
Hospitals received 56 bodies and 120 wounded. | 56 killed; 120 injured
UN rights office has verified 10,000 civilian deaths. | 10,000 killed
Civilian deaths have passed 10,000. | more than 10,000 killed
The number of children killed rose to 500. | 500 killed
At least 500 children have been killed, the UN said. | at least 500 killed
The civilian death toll has reached 10,675, including 596 children. | 10,675 killed; 596 killed
18,412 people have been injured. | 18,412 injured
Sudan war displaces 10 million people | 10,000,000 displaced
The violence has driven more than 8 million people from their homes. | more than 8,000,000 displaced
132 journalists have been killed since October. | 132 killed
Israel says it has killed 17,000 militants. | 17,000 killed
The bombardment killed up to 70 and injured dozens. | up to 70 killed; vague injured
"We counted 43 bodies," a doctor said. | 43 killed
An airstrike on a market killed between 40 and 60 people. | 40 to 60 killed
Army shelling killed a woman and her three children. | 1 killed; 3 killed
Doctors said they treated 60 people for gunshot wounds. | 60 injured
Fighting killed hundreds and displaced tens of thousands. | vague killed; vague displaced
The explosion killed nobody. | 0 killed
There were no immediate reports of casualties. | nothing
No deaths were reported. | 0 killed
Neither soldier was hurt. | nothing
He was sentenced to 12 years for killing two women. | 2 killed
The 12 people killed on Sunday were buried. | 12 killed
All 12 passengers were killed. | 12 killed
The bill would cut 12 jobs. | nothing
He killed two birds with one stone. | nothing
Injuries sidelined three players. | nothing
The company fired 300 workers. | nothing
300 troops were deployed after the killing. | nothing
Thousands of people marched after the killing of a teenager. | 1 killed
200 mourners attended the funeral of three men killed by police. | 3 killed
60,000 people live in the town where 12 were killed. | 12 killed
About 3,000 soldiers took part in the operation, in which 12 rebels died. | 12 killed
Of 3,000 soldiers, 12 died. | 12 killed
The bus carrying 40 people crashed, killing 12. | 12 killed
A 6.2 magnitude quake killed 12. | 12 killed
Iran executed 12 prisoners. | 12 killed
The court sentenced 12 men to death. | nothing
The killing of 12 villagers by soldiers was condemned. | 12 killed
The soldier killed 12 villagers, the second such killing in 3 days. | 12 killed
The province's health office said the bodies of 14 people, among them a pregnant woman, had been pulled from the rubble by nightfall. | 14 killed; 1 killed
In all, 1 204 people have lost their lives since the monsoon began, 87 of them in the past week alone. | 1,204 killed; 87 killed
A 43-year-old mother and her two daughters died when the roof of their home caved in. | 1 killed; 2 killed
Some 2.3m have fled across the border, and a further 600,000 are displaced inside the country. | about 2,300,000 displaced; 600,000 displaced
The attackers, who numbered about 50, killed every guard and took nine technicians captive. | 9 abducted
Of the 46 people on board, only three survived. | nothing
At least one person was killed and several others hurt when a grenade went off in a bar. | at least 1 killed; vague injured
Nobody claimed responsibility for the blast, which wounded six. | 6 injured
Dozens are feared dead after a ferry sank. | nothing
The army denied killing any civilians in the raid. | nothing
No one was killed, but 17 were treated for smoke inhalation. | 0 killed
The toll stood at 91 dead and more than 300 injured on Thursday morning. | 91 killed; more than 300 injured
The latest strike brings to 41 the number of journalists killed since the war began. | 41 killed
Four more bodies were recovered on Tuesday, taking the overall toll to 29. | 4 killed; 29 killed
Twelve gunmen were killed and three captured. | 12 killed; 3 detained
Police detained more than 200 demonstrators, 15 of whom remain in custody. | more than 200 detained; 15 detained
Prosecutors want a life sentence for the man who murdered four women. | 4 killed
He was convicted in 2019 of killing three people. | 3 killed
The insurgents say they shot down two helicopters, killing all nine aboard. | 9 killed
The explosion ripped through a bus carrying 25 soldiers, killing 11 of them and wounding the rest. | 11 killed
Thirty-odd fishermen are missing. | about 30 missing
The government puts the number of missing at 112. | 112 missing
An estimated 5,000 to 7,000 people were killed in the first month. | 5,000 to 7,000 killed
Between them the two sides lost 2,000 men in a week. | 2,000 killed
More than 60 per cent of the 300 victims were women. | 300 casualties
The average age of the dead was 31. | nothing
The strike killed Abu Salim, a commander, and three of his bodyguards. | 3 killed
The regiment suffered its heaviest losses of the war: 120 dead, 300 wounded. | 120 killed; 300 injured
A shell landed on a school, killing one pupil and injuring another. | 1 killed; 1 injured
Two brothers, aged 8 and 11, were among the dead. | 2 killed
The dead included two brothers, aged 8 and 11. | 2 killed
Hospital officials reported receiving 23 bodies. | 23 killed
A doctor at the hospital said it had received 23 dead and 60 wounded. | 23 killed; 60 injured
As many as 40 militants may have been killed, the general said. | nothing
Up to 40 militants were killed, the general said. | up to 40 killed
The storm left 8,000 families homeless. | nothing
Floods have made 8,000 people homeless. | 8,000 displaced
Security forces rounded up 340 suspected members of the group. | 340 detained
Gunmen stormed the village at dawn and took at least 80 people hostage, mostly women and children. | at least 80 abducted
The 39 hostages were released unharmed on Friday. | 39 abducted
Militants are still holding 39 of the hostages. | 39 abducted
Officials said that three civilians had been killed - two in Gardez, one in Khost. | 3 killed; 2 killed; 1 killed
Killed: 12. Wounded: 45. Missing: 3. | 12 killed; 45 injured; 3 missing
- 12 killed in Kupiansk district | 12 killed
- Kupiansk: 3 dead, 7 injured | 3 killed; 7 injured
UN: 1,000 dead in Sudan camp attack | 1,000 killed
Blast kills at least 10, wounds dozens in Quetta | at least 10 killed; vague injured
Ten killed, scores hurt as bus plunges into gorge | 10 killed; vague injured
Three dead, one missing after boat capsizes | 3 killed; 1 missing
Toll in Beirut blast climbs to 158 | 158 killed
The offensive has so far cost the lives of 37 Turkish soldiers. | 37 killed
A suicide bomber blew himself up at a checkpoint, killing himself and two soldiers. | 2 killed
Five people, including the bomber, were killed. | 5 killed
Over a hundred people died and twice as many were wounded. | more than 100 killed
Seventeen of the wounded were in a critical condition. | 17 injured
There were two dead and 11 wounded on the government side. | 2 killed; 11 injured
The airline said all 189 passengers and crew had died. | 189 killed
All 189 people aboard the plane were killed. | 189 killed
The earthquake killed an estimated 50,000 in Turkey and more than 8,000 in Syria. | about 50,000 killed; more than 8,000 killed
Around 15 per cent of the soldiers were killed. | nothing
The 12-member crew was killed. | nothing
A crowd of 5,000 mourned the dead. | nothing
It was the third attack in a week and left 5 dead. | 5 killed
The battle in which 300 died lasted 12 hours. | 300 killed
The hotel, where 31 people died in 2015, reopened. | 31 killed
Most of the 31 killed were foreigners. | 31 killed
Among those killed were a nurse and two paramedics. | 1 killed; 2 killed
One of the wounded died overnight, bringing the number of dead to seven. | 1 killed; 7 killed
The blast injured 20, four critically. | 20 injured; 4 injured
Twenty people were hurt, four of them seriously. | 20 injured; 4 injured
Officials had earlier given a figure of 52 dead. | 52 killed
The group claimed to have killed 45 soldiers and to have captured 12. | 45 killed; 12 detained
Rescue teams are searching for 14 miners trapped underground. | nothing
The clashes displaced some 4,500 households. | nothing
The war has orphaned 20,000 children. | nothing
Nine killed in Mosul - police | 9 killed
Troops killed nine "terrorists" and arrested 30 others in Sinai. | 9 killed; 30 detained
The two were killed instantly. | 2 killed
Both men died at the scene. | 2 killed
Neither of the two wounded men was identified. | 2 injured
ONE MAN WAS KILLED AND ANOTHER SERIOUSLY INJURED WHEN THE DEVICE WENT OFF. | 1 killed; 1 injured
THE WAR HAS COST THE COUNTRY MORE THAN 30,000 LIVES. | more than 30,000 killed
The army said it had inflicted "numerous" rebel casualties. | vague casualties
The blast damaged walls and four telephones, but nobody was hurt. | 0 injured
Four smugglers, all of them men who had tried to keep the guards from boarding, were killed. | 4 killed
His death raises to 42 the number of the union's members murdered this year. | 42 killed
The shot killed Ana Lucia Perez, 42; her sister, 19, survived. | nothing
Juan Mora Diaz, one of the best known lawyers in the province, was murdered. | nothing
Rosa Campos Lima, a former judge, was shot dead in her car. | nothing
THE PRISONER HELD THE GROUP RESPONSIBLE FOR THE "MURDER" OF 19 FARMERS. | 19 killed
At least four children were among nine civilians killed in the camp. | at least 4 killed; 9 killed
It said at least 45 Islamic State militants and 20 Kurdish fighters had been killed. | at least 45 killed; 20 killed
He said dozens of Islamic State fighters had been killed. | vague killed
Mosul Three killed including 2 women 29 injured in rocket attacks | 3 killed; 2 killed; 29 injured
The shell left 50 martyrs and more than 200 others wounded. | 50 killed; more than 200 injured
The army killed a confirmed 33 militants on Sunday. | 33 killed
Three people two of them children died in the raid. | 3 killed; 2 killed
At least 86 members of the brigade - who include men of two clans - were killed in the past four days. | at least 86 killed
Ten people were killed including a refugee family of four. | 10 killed; 4 killed
The militia is accused of killing both farmers and herders. | nothing
Both the bride and the groom were safe but seven guests were killed. | 7 killed
Raids killed 14 fighters 5 civilians | 14 killed; 5 killed
The strike wounded another nine among them a nurse in a critical condition. | 9 injured; 1 injured
THE POLICE SEIZED THREE GUATEMALAN PASSPORTS, FIVE M-16 RIFLES AND SEVEN KNAPSACKS. | nothing
According to a member of the group, 150 people have been killed in three months. | 150 killed
YESTERDAY, 13 NOVEMBER, AT 1300, FOUR SOLDIERS WERE KILLED. | 4 killed
REBELS KIDNAPPED TODAY TWO ENGINEERS NEAR THE BORDER. | 2 abducted
THREE ALLEGED MEMBERS OF THE SAN JUAN MOVEMENT (MSJ) HAVE DIED IN A CLASH. | 3 killed
THE NUMBER OF PEOPLE KILLED SINCE THE FRONT BEGAN ITS STRUGGLE IN 1980 NOW TOTALS 18,000. | 18,000 killed
THE ARMY MURDERED THE BISHOP AND KILLED UNION LEADERS, A RECTOR, AND TENS OF THOUSANDS OF PEASANTS. | 1 killed; vague killed
655 MAOIST- LENINIST GUERRILLAS HAVE BEEN KILLED. | 655 killed
THE PATROL KILLED SEVEN "SUBVERSIVE CRIMINALS" INCLUDING ONE WOMAN. | 7 killed; 1 killed
The rocket fell on the houses, claiming the life of a man and injuring 16 others. | 1 killed; 16 injured
It was one of the most ferocious raids of the war. | nothing
The courts will investigate the murder of the six nuns and the two cooks. | 6 killed; 2 killed
The plan could cause the deaths of 200 people. | nothing
A spokesman for the hospital said two nurses had been hurt. | 2 injured
A police spokesman who was there said a guard died. | 1 killed
They condemned the murder on the evening of 27 March of six councillors. | 6 killed
One mayor and two of his aides were kidnapped last night. | 1 abducted; 2 abducted
Twenty-odd people were hurt. | about 20 injured
The clashes left 16 dead [not counting soldiers] on the rebel side. | 16 killed
About 10 other people [not further identified] were also injured. | about 10 injured
One civilian was killed and five other people, including a policeman, were injured. | 1 killed; 5 injured; 1 injured
The killers of two reporters were never found. | 2 killed
A 12- year-old girl was injured. | 1 injured
A retired air force officer was murdered. | 1 killed
An enemy patrol was totally destroyed. | nothing
Two midfielders were injured in the second half of the season. | nothing
"""

NOTED = {
    Qualifier.AT_LEAST: "at least {low:,}",
    Qualifier.MORE_THAN: "more than {low:,}",
    Qualifier.ABOUT: "about {low:,}",
    Qualifier.UP_TO: "up to {high:,}",
    Qualifier.RANGE: "{low:,} to {high:,}",
    Qualifier.EXACT: "{low:,}",
    Qualifier.VAGUE: "vague",
}


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader()


def noted(figure: Figure) -> str:
    return NOTED[figure.qualifier].format(low=figure.low, high=figure.high) + f" {figure.outcome}"


@pytest.mark.parametrize("line", SENTENCES.strip().splitlines())
def test_sentence(line: str, reader: Reader) -> None:
    sentence, _, expected = line.rpartition(" | ")
    figures = reader.read(Article(id="test", text=sentence, published="2024-03-05"))
    assert ("; ".join(noted(figure) for figure in figures) or "nothing") == expected
    assert all(sentence[figure.start : figure.end] == figure.figure for figure in figures)
