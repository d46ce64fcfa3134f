<?php
// What a PHP app sees: every variable of the request. PHP makes one name of '-' and '_', and the last one wins.
header('Content-Type: application/json');
setcookie('theirs', 'x');
echo json_encode($_SERVER + ['BODY' => file_get_contents('php://input')], JSON_INVALID_UTF8_SUBSTITUTE);
