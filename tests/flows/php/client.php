<?php
// A client of the gateway as its documentation shows one: json_encode, openssl_sign and curl, each with its defaults.
//
//   php client.php URL PATH ACCOUNT CERTIFICATE [spoil]  < body.json
//
// Prints one line of JSON: status, body, and what was sent. `spoil` changes one byte after the signature was made.

declare(strict_types=1);
error_reporting(E_ALL);

[, $url, $path, $account, $certificate] = $argv;
$spoil = ($argv[5] ?? '') === 'spoil';

$request = json_decode(stream_get_contents(STDIN), true, 16, JSON_THROW_ON_ERROR);
$data = json_encode($request);

$password = rtrim(file_get_contents($certificate . '/password.txt'), "\r\n");
$privateKey = openssl_pkey_get_private(file_get_contents($certificate . '/private.pem'), $password);
if ($privateKey === false) {
    fwrite(STDERR, "the private key does not open\n");
    exit(1);
}
openssl_sign($data, $sign, $privateKey);

if ($spoil) {
    $place = intdiv(strlen($data), 2);
    $data[$place] = chr(ord($data[$place]) ^ 1);
}

$curl = curl_init($url . $path);
curl_setopt_array($curl, [
    CURLOPT_HTTPHEADER => ['Content-Type: application/json', 'Account: ' . $account, 'Sign: ' . base64_encode($sign)],
    CURLOPT_USERAGENT => 'AliKassa2.0 API',
    CURLOPT_POST => true,
    CURLOPT_POSTFIELDS => $data,
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_TIMEOUT => 30,
    CURLOPT_PROXY => '',
]);
$answer = curl_exec($curl);
echo json_encode([
    'status' => curl_getinfo($curl, CURLINFO_RESPONSE_CODE),
    'error' => curl_errno($curl),
    'body' => $answer === false ? null : base64_encode($answer),
    'sent' => base64_encode($data),
]), "\n";
