// SPDX-License-Identifier: MPL-2.0
// Dates, numbers and money as the supported locales write them.
#include "expression_support.hpp"

#include <gtest/gtest.h>

namespace engross::templating::testing {
namespace {

struct Case {
  const char* locale;
  const char* text;
  const char* expected;
};

void check(std::span<const Case> cases) {
  for (const Case& c : cases)
    EXPECT_EQ(render(c.text, Value(deal::Object{}), {c.locale, {}}), c.expected)
        << c.locale << " " << c.text;
}

TEST(Locale, Dates) {
  const Case cases[] = {
      {"en-US", "{{ '2006-02-27' | date }}", "February 27, 2006"},
      {"en-US", "{{ '2006-02-27' | date('full') }}", "Monday, February 27, 2006"},
      {"en-US", "{{ '2006-02-27' | date('medium') }}", "Feb 27, 2006"},
      {"en-US", "{{ '2006-02-27' | date('short') }}", "2/27/06"},
      {"en-US", "{{ '2006-02-27' | date('iso') }}", "2006-02-27"},
      {"en-US", "{{ '2006-02-07' | date('EEE d MMM yy, dd.MM.yyyy') }}",
       "Tue 7 Feb 06, 07.02.2006"},
      {"en-US", "{{ '2006-02-27' | date(\"'the' ddd 'day of' MMMM, yyyy\") }}",
       "the 27th day of February, 2006"},
      {"en-US", "{{ '2006-02-27' | date(\"'the' dddd 'day of' MMMM\") }}",
       "the twenty-seventh day of February"},
      {"en-US", "{{ '2006-02-27' | date(\"d 'o''clock'''\") }}", "27 o'clock'"},
      {"en-US", "{{ '2006-02-27' | date(“d ‘of’ MMMM”) }}", "27 of February"},
      {"en-US", "{{ '2006-02-27T09:05:00Z' | date('h:mm a') }}", "9:05 AM"},
      {"en-US", "{{ '2006-02-27T21:05+01:00' | date('HH:mm') }}", "21:05"},
      {"en-US", "{{ '2006-02-27' | date('d MMM, h:mm a') }}",
       "!date_without_time|\"2006-02-27\"|2006-02-27|h"},
      {"en-US", "{{ '2006-02-27T24:00' | date }}",
       "!invalid_date|\"2006-02-27T24:00\"|2006-02-27T24:00"},
      {"en-US", "{{ '2000-02-29' | date }}", "February 29, 2000"},
      {"en-US", "{{ '1900-02-29' | date }}", "!invalid_date|\"1900-02-29\"|1900-02-29"},
      {"en-US", "{{ '27.2.2006' | date }}", "!invalid_date|\"27.2.2006\"|27.2.2006"},
      {"en-US", "{{ '' | date }}", "!invalid_date|\"\"|"},
      {"en-US", "{{ 20060227 | date }}",
       "!wrong_kind|The filter date|a date as text|20060227|a number"},
      {"en-GB", "{{ '2006-02-27' | date }}", "27 February 2006"},
      {"de-DE", "{{ '2006-03-07' | date }}", "7. März 2006"},
      {"de-AT", "{{ '2006-01-07' | date }}", "7. Jänner 2006"},
      {"de-DE", "{{ '2006-03-07' | date('full') }}", "Dienstag, 7. März 2006"},
      {"fr-FR", "{{ '2006-02-01' | date('ddd MMMM y') }}", "1er février 2006"},
      {"fr-FR", "{{ '2006-02-01' | date }} {{ '2006-02-02' | date }}",
       "1er février 2006 2 février 2006"},
      {"it-IT", "{{ '2006-02-01' | date }} {{ '2006-02-01' | date('d MMMM') }}",
       "1º febbraio 2006 1 febbraio"},
      {"pt-BR", "{{ '2006-02-01' | date }}", "1º de fevereiro de 2006"},
      {"pt-PT", "{{ '2006-02-01' | date }}", "1 de fevereiro de 2006"},
      {"es-ES", "{{ '2006-02-01' | date }}", "1 de febrero de 2006"},
      {"es-ES", "{{ '2006-02-27' | date }}", "27 de febrero de 2006"},
      {"pt-BR", "{{ '2006-02-27' | date }}", "27 de fevereiro de 2006"},
      {"it-IT", "{{ '2006-02-27' | date }}", "27 febbraio 2006"},
      {"xx", "{{ '2006-02-27' | date }}", "February 27, 2006"},
  };
  check(cases);
}

TEST(Locale, EachDayOfAWeekAndMonthOfAYear) {
  const char* days[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                        "Thursday", "Friday", "Saturday"};
  for (int i = 0; i < 7; ++i) // 2006-01-01 was a Sunday
    EXPECT_EQ(render("{{ '2006-01-0" + std::to_string(i + 1) + "' | date('EEEE') }}",
                     Value(deal::Object{})),
              days[i]);
}

TEST(Locale, Words) {
  const Case cases[] = {
      {"en-US", "{{ 0 | words }} {{ 21 | words }} {{ 100 | words }} {{ 1234 | words }}",
       "zero twenty-one one hundred one thousand two hundred thirty-four"},
      {"en-US", "{{ -7 | words }} {{ 12.05 | words }} {{ -0.5 | words }}",
       "minus seven twelve point zero five minus zero point five"},
      {"en-US", "{{ 1000000000 | words }} {{ '3' | words }}", "one billion three"},
      {"en-US", "{{ 1906 | words('year') }}", "nineteen oh-six"},
      {"en-US", "{{ 1000000000000000000 | words }}",
       "!result_too_large|1000000000000000000 | words"},
      {"en-GB", "{{ 1234 | words }}", "one thousand two hundred and thirty-four"},
      {"de-DE", "{{ 1 | words }} {{ 21 | words }} {{ 1234 | words }} {{ 2000001 | words }}",
       "eins einundzwanzig eintausendzweihundertvierunddreißig zwei Millionen eins"},
      {"de-CH", "{{ 30 | words }}", "dreissig"},
      {"de-DE", "{{ 1 | words('feminine') }}", "eine"},
      {"fr-FR", "{{ 71 | words }} {{ 80 | words }} {{ 1280 | words }}",
       "soixante-et-onze quatre-vingts mille deux cent quatre-vingts"},
      {"fr-CH", "{{ 71 | words }}", "septante-et-un"},
      {"es-ES", "{{ 21 | words }} {{ 1000000000 | words }}", "veintiuno mil millones"},
      {"pt-BR", "{{ 2001 | words }}", "dois mil e um"},
      {"it-IT", "{{ 21 | words }} {{ 1101 | words }}", "ventuno millecentouno"},
  };
  check(cases);
}

TEST(Locale, Ordinals) {
  const Case cases[] = {
      {"en-US",
       "{% for i in [1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 101, 111] %}{{ i | ordinal }} {% endfor "
       "%}",
       "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 23rd 101st 111th "},
      {"en-US",
       "{{ 1 | ordinal('words') }} {{ 30 | ordinal('words') }} {{ 121 | ordinal('words') }}",
       "first thirtieth one hundred twenty-first"},
      {"de-DE", "{{ 27 | ordinal }} {{ 27 | ordinal('words') }}", "27. siebenundzwanzigste"},
      {"fr-FR", "{{ 1 | ordinal }} {{ 27 | ordinal }} {{ 1 | ordinal('feminine') }}",
       "1er 27e première"},
      {"es-ES", "{{ 27 | ordinal }} {{ 3 | ordinal('feminine') }}", "27.º tercera"},
      {"it-IT", "{{ 27 | ordinal }} {{ 27 | ordinal('words') }}", "27º ventisettesimo"},
      {"pt-BR", "{{ 27 | ordinal }} {{ 27 | ordinal('words') }}", "27º vigésimo sétimo"},
      {"en-US", "{{ 1.5 | ordinal }}",
       "!wrong_kind|The filter ordinal|a whole number, not negative|1.5|1.5"},
  };
  check(cases);
}

TEST(Locale, Numbers) {
  const Case cases[] = {
      {"en-US", "{{ 1234567.891 | number }} {{ 999 | number }} {{ -1234 | number }}",
       "1,234,567.891 999 -1,234"},
      {"en-US", "{{ 2.345 | number(2) }} {{ 2.344 | number(2) }} {{ 3 | number(2) }}",
       "2.35 2.34 3.00"},
      {"en-US", "{{ 12345678901234567890.12 | number }}", "12,345,678,901,234,567,890.12"},
      {"de-DE", "{{ 1234567.5 | number }}", "1.234.567,5"},
      {"de-CH", "{{ 1234567.5 | number }}", "1’234’567.5"},
      {"fr-FR", "{{ 1234567.5 | number }}", "1\u202F234\u202F567,5"},
      {"es-ES", "{{ 1234 | number }} {{ 12345 | number }}", "1234 12.345"},
      {"it-IT", "{{ 1234.5 | number }}", "1.234,5"},
      {"pt-PT", "{{ 12345 | number }}", "12\u00A0345"},
  };
  check(cases);
}

TEST(Locale, Money) {
  const Case cases[] = {
      {"en-US", "{{ 1000000000 | money }} {{ 1000000000 | money('short') }}",
       "$1,000,000,000 $1 billion"},
      {"en-US", "{{ 1000000000 | money('words') }} {{ 1 | money('words') }}",
       "one billion dollars one dollar"},
      {"en-US", "{{ '12.5' | money }} {{ 12.00 | money }} {{ 12 | money(decimals=2) }}",
       "$12.50 $12 $12.00"},
      {"en-US", "{{ 1500000 | money('short') }} {{ 999999 | money('short') }}",
       "$1.5 million $999,999"},
      {"en-US", "{{ 1234567890123 | money('short') }}", "$1,234,567,890,123"},
      {"en-US", "{{ 999999999.99 | money('short') }} {{ 1250500000 | money('short') }}",
       "$999,999,999.99 $1,250,500,000"},
      {"en-US",
       "{{ 1234567 | money('short', decimals=1) }} {{ 999960000 | money('short', decimals=1) }}",
       "$1.2 million $1.0 billion"},
      {"en-US", "{{ -0.4 | money(decimals=0) }} {{ -0.0 | money }} {{ -0.001 | number(2) }}",
       "$0 $0 0.00"},
      {"en-US", "{{ 12.345 | money('words') }}",
       "!wrong_kind|The filter money|an amount without parts of a cent|12.345|a number"},
      {"fr-FR", "{{ -5 | money('words') }}", "moins cinq euros"},
      {"es-ES", "{{ -5 | money('words') }}", "menos cinco euros"},
      {"it-IT", "{{ -5 | money('words') }}", "meno cinque euro"},
      {"de-DE", "{{ -5 | money('words') }}", "minus fünf Euro"},
      {"en-US", "{{ 1200.07 | money('words') }}",
       "one thousand two hundred dollars and seven cents"},
      {"en-US",
       "{{ 5 | money('EUR') }} {{ 5 | money('EUR', 'words') }} {{ 5 | money('words', 'GBP') }}",
       "€5 five euros five British pounds"},
      {"en-US", "{{ -5 | money }} {{ 500 | money('JPY') }} {{ 5 | money('SGD') }}",
       "-$5 ¥500 SGD\u00A0"
       "5"},
      {"en-US", "{{ 'x' | money }}", "!wrong_kind|The filter money|a number|\"x\"|text"},
      {"en-GB", "{{ 1001 | money('words') }} {{ 5 | money('USD') }}",
       "one thousand and one pounds US$5"},
      {"de-DE",
       "{{ 1234567.5 | money }} {{ 1000000000 | money('words') }} {{ 1 | money('words') }}",
       "1.234.567,50\u00A0€ eine Milliarde Euro ein Euro"},
      {"de-DE", "{{ 2000000 | money('short') }}", "2 Millionen\u00A0€"},
      {"de-CH", "{{ 5.05 | money('words') }} {{ 5 | money }}",
       "fünf Franken und fünf Rappen CHF\u00A0"
       "5"},
      {"fr-FR", "{{ 1000000 | money('words') }} {{ 2000000 | money('USD', 'words') }}",
       "un million d’euros deux millions de dollars des États-Unis"},
      {"es-ES", "{{ 1000000 | money('words') }} {{ 21 | money('words') }}",
       "un millón de euros veintiún euros"},
      {"it-IT", "{{ 1000000 | money('words') }} {{ 3 | money('words') }}",
       "un milione di euro tre euro"},
      {"fr-FR", "{{ 1 | money('GBP', 'words') }} {{ 21 | money('words', 'GBP') }}",
       "une livre sterling vingt-et-une livres sterling"},
      {"es-ES", "{{ 200 | money('GBP', 'words') }} {{ 2000000 | money('GBP', 'words') }}",
       "doscientas libras esterlinas dos millones de libras esterlinas"},
      {"pt-BR", "{{ 2 | money('GBP', 'words') }}", "duas libras esterlinas"},
      {"it-IT", "{{ 1 | money('GBP', 'words') }}", "una sterlina britannica"},
      {"de-DE", "{{ 1 | money('GBP', 'words') }}", "ein Britisches Pfund"},
      {"fr-FR", "{{ 0.01 | money('words') }} {{ 1500000 | money('short') }}",
       "zéro euro et un centime 1,5 million\u00A0€"},
      {"pt-BR", "{{ 1500000000 | money('short') }}",
       "R$ "
       "1,5 bilhão"},
      {"it-IT", "{{ 1000000000000 | money('short') }} {{ 1500000 | money('short') }}",
       "1.000 miliardi € 1,5 milioni €"},
      {"pt-BR", "{{ 1000000 | money('words') }} {{ 1 | money('words') }}",
       "um milhão de reais um real"},
  };
  check(cases);
}

TEST(Locale, Lists) {
  const Case cases[] = {
      {"de-DE", "{{ ['a', 'b', 'c'] | and_list }} {{ ['a', 'b'] | or_list }}",
       "a, b und c a oder b"},
      {"fr-FR", "{{ ['a', 'b', 'c'] | and_list }}", "a, b et c"},
      {"es-ES",
       "{{ ['a', 'Iberia'] | and_list }} {{ ['a', 'hielo'] | and_list }} {{ ['7', '8'] | or_list "
       "}}",
       "a e Iberia a y hielo 7 u 8"},
      {"it-IT", "{{ ['a', 'b'] | and_list }}", "a e b"},
      {"pt-BR", "{{ ['a', 'b'] | or_list }}", "a ou b"},
  };
  check(cases);
}

} // namespace
} // namespace engross::templating::testing
